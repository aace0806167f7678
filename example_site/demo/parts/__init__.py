"""Making the demonstration, part by part. Every part may run again and doubles nothing."""
