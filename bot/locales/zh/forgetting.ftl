# 忘记一个人，或一个群

forget-ask =
    要我忘掉你吗？你的作答、成绩、复习计划和设置会全部删除，找不回来。
    别人的分数不变。
forget-yes = 全部删除
forget-no = 留着
forget-done = 已全部删除。再见；想重新开始，发 /start
forget-kept = 好，都留着。

forget-group-ask =
    要删除本群的全部数据吗？出过的题、作答、积分、榜单和设置都会删掉，找不回来。
    各人自己的复习计划和学习天数不受影响。
forget-group-yes = 删除
forget-group-ask-again = 再确认一次：马上删除「{ $title }」的全部数据。
forget-group-sure = 确定删除
forget-group-done = 本群的数据已全部删除。想重新开始，发 /quiz
forget-admins-only = 只有管理员能删除本群的数据。要删除你自己的数据，请到私聊里发 /forget

command-forget = 删除我的全部数据
command-forget-group = 删除本群的全部数据
