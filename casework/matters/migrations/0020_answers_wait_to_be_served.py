from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0019_service_time'),
    ]

    operations = [
        migrations.AlterField(
            model_name='historicalmatter',
            name='state',
            field=models.CharField(choices=[('registered', '已登记'), ('objected', '异议待回复'), ('merged', '已并入，待告知'), ('accepted', '已受理'), ('handling', '办理中'), ('drafted', '意见待审核'), ('reviewed', '意见待签发'), ('signed', '待送达'), ('answered', '已答复'), ('performing', '履行中'), ('reviewing', '复查中'), ('upheld', '复查维持'), ('final_review', '复核中'), ('routed', '法定途径跟踪中'), ('assigned_out', '已交办下级'), ('closed', '已办结'), ('archived', '已归档'), ('withdrawn', '已撤回'), ('void', '已作废'), ('sealed', '密件待转交'), ('handed_over', '密件已转交')], editable=False, max_length=12, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='historicalrulefield',
            name='state',
            field=models.CharField(choices=[('registered', '已登记'), ('objected', '异议待回复'), ('merged', '已并入，待告知'), ('accepted', '已受理'), ('handling', '办理中'), ('drafted', '意见待审核'), ('reviewed', '意见待签发'), ('signed', '待送达'), ('answered', '已答复'), ('performing', '履行中'), ('reviewing', '复查中'), ('upheld', '复查维持'), ('final_review', '复核中'), ('routed', '法定途径跟踪中'), ('assigned_out', '已交办下级'), ('closed', '已办结'), ('archived', '已归档'), ('withdrawn', '已撤回'), ('void', '已作废'), ('sealed', '密件待转交'), ('handed_over', '密件已转交')], max_length=12, verbose_name='从哪个状态起'),
        ),
        migrations.AlterField(
            model_name='matter',
            name='state',
            field=models.CharField(choices=[('registered', '已登记'), ('objected', '异议待回复'), ('merged', '已并入，待告知'), ('accepted', '已受理'), ('handling', '办理中'), ('drafted', '意见待审核'), ('reviewed', '意见待签发'), ('signed', '待送达'), ('answered', '已答复'), ('performing', '履行中'), ('reviewing', '复查中'), ('upheld', '复查维持'), ('final_review', '复核中'), ('routed', '法定途径跟踪中'), ('assigned_out', '已交办下级'), ('closed', '已办结'), ('archived', '已归档'), ('withdrawn', '已撤回'), ('void', '已作废'), ('sealed', '密件待转交'), ('handed_over', '密件已转交')], editable=False, max_length=12, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='move',
            name='source',
            field=models.CharField(blank=True, choices=[('registered', '已登记'), ('objected', '异议待回复'), ('merged', '已并入，待告知'), ('accepted', '已受理'), ('handling', '办理中'), ('drafted', '意见待审核'), ('reviewed', '意见待签发'), ('signed', '待送达'), ('answered', '已答复'), ('performing', '履行中'), ('reviewing', '复查中'), ('upheld', '复查维持'), ('final_review', '复核中'), ('routed', '法定途径跟踪中'), ('assigned_out', '已交办下级'), ('closed', '已办结'), ('archived', '已归档'), ('withdrawn', '已撤回'), ('void', '已作废'), ('sealed', '密件待转交'), ('handed_over', '密件已转交')], max_length=12, verbose_name='原状态'),
        ),
        migrations.AlterField(
            model_name='move',
            name='target',
            field=models.CharField(choices=[('registered', '已登记'), ('objected', '异议待回复'), ('merged', '已并入，待告知'), ('accepted', '已受理'), ('handling', '办理中'), ('drafted', '意见待审核'), ('reviewed', '意见待签发'), ('signed', '待送达'), ('answered', '已答复'), ('performing', '履行中'), ('reviewing', '复查中'), ('upheld', '复查维持'), ('final_review', '复核中'), ('routed', '法定途径跟踪中'), ('assigned_out', '已交办下级'), ('closed', '已办结'), ('archived', '已归档'), ('withdrawn', '已撤回'), ('void', '已作废'), ('sealed', '密件待转交'), ('handed_over', '密件已转交')], max_length=12, verbose_name='新状态'),
        ),
        migrations.AlterField(
            model_name='rulefield',
            name='state',
            field=models.CharField(choices=[('registered', '已登记'), ('objected', '异议待回复'), ('merged', '已并入，待告知'), ('accepted', '已受理'), ('handling', '办理中'), ('drafted', '意见待审核'), ('reviewed', '意见待签发'), ('signed', '待送达'), ('answered', '已答复'), ('performing', '履行中'), ('reviewing', '复查中'), ('upheld', '复查维持'), ('final_review', '复核中'), ('routed', '法定途径跟踪中'), ('assigned_out', '已交办下级'), ('closed', '已办结'), ('archived', '已归档'), ('withdrawn', '已撤回'), ('void', '已作废'), ('sealed', '密件待转交'), ('handed_over', '密件已转交')], max_length=12, verbose_name='从哪个状态起'),
        ),
    ]
