import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContentPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', models.TextField(blank=True, verbose_name='introduction')),
                ('body', wagtail.fields.RichTextField(verbose_name='text')),
                ('in_foot', models.BooleanField(default=False, verbose_name='linked to at the foot of every page')),
            ],
            options={
                'verbose_name': 'page of text',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('kind_label', models.CharField(blank=True, max_length=80, verbose_name='line above the heading')),
                ('heading', models.CharField(max_length=120, verbose_name='heading')),
                ('introduction', models.TextField(verbose_name='introduction')),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
            ],
            options={
                'verbose_name': 'home page',
            },
            bases=('wagtailcore.page',),
        ),
    ]
