"""Add the board paper: the dashboard of a steering group as a PDF."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import programmes.dashboard.models.papers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0020_language_of_words'),
        ('programmes', '0019_reviews'),
    ]

    operations = [
        migrations.CreateModel(
            name='BoardPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('layout', models.CharField(choices=[('standard', 'Standard print'), ('large', 'Large print'), ('easy_read', 'Easy Read')], default='standard', max_length=10, verbose_name='layout')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked for')),
                ('file', models.FileField(blank=True, max_length=200, upload_to=programmes.dashboard.models.papers.board_paper_path, verbose_name='file')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='fingerprint')),
                ('size', models.PositiveIntegerField(default=0, verbose_name='bytes')),
                ('made_at', models.DateTimeField(blank=True, null=True, verbose_name='made')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='asked for by')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='board_papers', to='programmes.programme', verbose_name='programme')),
            ],
            options={
                'verbose_name': 'board paper',
                'verbose_name_plural': 'board papers',
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('made_at__isnull', True), ('sha256', ''), ('size', 0)), models.Q(('made_at__isnull', False), ('size__gt', 0), models.Q(('file', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='board_paper_made_has_its_file'), models.UniqueConstraint(condition=models.Q(('made_at', None)), fields=('programme', 'layout'), name='one_board_paper_being_made')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='boardpaper',
            trigger=pgtrigger.compiler.Trigger(name='board_papers_never_change', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."made_at" IS NOT NULL)', func='RAISE EXCEPTION \'pgtrigger: Cannot update of "programme_id", "layout", "file", "sha256", "size", "made_at" rows from % table\', TG_TABLE_NAME;', hash='a5913df8ae6dfb382d9ca36a4c14996106f3a136', operation='UPDATE OF "programme_id", "layout", "file", "sha256", "size", "made_at"', pgid='pgtrigger_board_papers_never_change_b1981', table='programmes_boardpaper', when='BEFORE')),
        ),
    ]
