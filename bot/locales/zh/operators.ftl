# 运维者

command-reload = 重新载入题库
operators-reloaded = 题库已重新载入：{ $count } 题。
operators-problems = 有 { $count } 处错误，题库没有换，还是原来的。全部错误见 kaoguan check：
