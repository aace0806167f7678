import django.core.validators
import django.db.models.deletion
import keino_academy.core.zones
import modelsearch.index
import taggit.managers
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HostAcademyPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('code', models.SlugField(blank=True, help_text='Part of addresses, such as that of the calendar. Left empty, it is made of the name.', max_length=60, verbose_name='code')),
                ('time_zone', models.CharField(default='Europe/Helsinki', max_length=40, validators=[keino_academy.core.zones.validate_zone], verbose_name='time zone')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year')),
                ('opens_on', models.DateField(blank=True, null=True, verbose_name='opens on')),
                ('opens_at', models.TimeField(blank=True, null=True, verbose_name='opens at')),
                ('closes_on', models.DateField(blank=True, null=True, verbose_name='closes on')),
                ('closes_at', models.TimeField(blank=True, help_text='23.59 includes the whole minute.', null=True, verbose_name='closes at')),
                ('grace_minutes', models.PositiveSmallIntegerField(default=0, help_text='An application that arrives this late still counts. Readers are not told.', validators=[django.core.validators.MaxValueValidator(1440)], verbose_name='grace in minutes')),
                ('places', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='places')),
                ('decision_on', models.DateField(blank=True, null=True, verbose_name='decided by')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='programme starts')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='programme ends')),
                ('alumni_until', models.DateField(blank=True, null=True, verbose_name='open to alumni until')),
                ('archived_from', models.DateField(blank=True, null=True, verbose_name='archived from')),
                ('organiser_email', models.EmailField(blank=True, help_text='Is told of new applications and bookings.', max_length=254, verbose_name="organiser's e-mail")),
                ('kind_label', models.CharField(blank=True, help_text='Such as: Theme academy 2023', max_length=80, verbose_name='line above the name')),
                ('introduction', models.TextField(blank=True, help_text='Two sentences: what one gets, and for whom it is.', verbose_name='introduction')),
                ('facts', wagtail.fields.StreamField([], blank=True, block_lookup={}, verbose_name='facts at the top')),
                ('body', wagtail.fields.StreamField([], blank=True, block_lookup={}, verbose_name='announcement')),
                ('timeline', wagtail.fields.StreamField([], blank=True, block_lookup={}, verbose_name='timeline')),
                ('criteria', wagtail.fields.StreamField([], blank=True, block_lookup={}, verbose_name='criteria')),
                ('topics', wagtail.fields.StreamField([], blank=True, block_lookup={}, verbose_name='topics')),
                ('share_image', wagtail.fields.StreamField([], blank=True, block_lookup={}, verbose_name='picture for social media')),
                ('sponsor', models.CharField(blank=True, max_length=80)),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='HostApplicationPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
                ('questions', wagtail.fields.StreamField([], blank=True, block_lookup={}, verbose_name='further questions')),
                ('asks_pilot', models.BooleanField(default=True, verbose_name='ask for a pilot procurement')),
                ('team_size', models.PositiveSmallIntegerField(default=3, help_text='A criterion about the team says its own size. 0 asks for no team.', validators=[django.core.validators.MaxValueValidator(20)], verbose_name='size of the team')),
                ('privacy', wagtail.fields.RichTextField(blank=True, help_text='Who reads the answers, and for how long.', verbose_name='privacy notice in short')),
                ('receipt', wagtail.fields.RichTextField(blank=True, help_text='What happens next, and by when.', verbose_name='text of the receipt')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='HostIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='HostLearningHomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
                ('contact_name', models.CharField(blank=True, max_length=120, verbose_name='contact at the organiser')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='HostPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='HostSessionPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('timeline_entry', models.CharField(blank=True, help_text='Date, time and place come from it.', max_length=64, verbose_name='entry in the timeline')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
                ('join_link', models.URLField(blank=True, help_text='Participants see it from 15 minutes before the session until its end.', max_length=500, verbose_name='join link')),
                ('materials', wagtail.fields.StreamField([], blank=True, block_lookup={}, verbose_name='materials')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='HostDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', models.FileField(upload_to='documents', verbose_name='file')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('file_size', models.PositiveBigIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, editable=False, max_length=40)),
                ('source', models.CharField(blank=True, max_length=120)),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'abstract': False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='HostImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                ('description', models.CharField(blank=True, default='', max_length=255, verbose_name='description')),
                ('width', models.IntegerField(editable=False, verbose_name='width')),
                ('height', models.IntegerField(editable=False, verbose_name='height')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ('credit', models.CharField(blank=True, max_length=120)),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
            ],
            options={
                'abstract': False,
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='HostRendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filter_spec', models.CharField(db_index=True, max_length=255)),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                ('width', models.IntegerField(editable=False)),
                ('height', models.IntegerField(editable=False)),
                ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='testapp.hostimage')),
            ],
            options={
                'unique_together': {('image', 'filter_spec', 'focal_point_key')},
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
    ]
