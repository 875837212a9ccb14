# 到来、设置、离开

about-short = 面试考官：按面试的问法提问，判对错、讲原因，在你快忘的时候再问。
about-long =
    我是考官，练 NLP 与大模型面试题。
    发 /quiz 得一道题；作答后看对错、原因和完整答案。
    答错的明天再问，答对的隔几天再问。
    拉我进群，大家在投票里一起答。

start-private =
    我是考官。我按面试的问法提问，你作答，我说明对错和原因，并在你快忘的时候再问。
    题库：{ $banks }，{ $count } 题。
    现在就来一题：/quiz
start-hour-ask = 每天几点出题？
start-zone-ask = 时区：{ $where }。不在这里？点下面，或直接发城市名。
start-group =
    我是考官。发 /quiz，我出一道投票题，10 分钟后公布谁答对了、为什么。
    题库：{ $banks }，{ $count } 题。
    管理员点下面的按钮，定每天几点出题、时区和语言。
bank-list-separator = 、

help-private =
    发 /quiz 得一道题，点选项或打字作答；答错的明天再问，答对的隔几天再问。
help-practice = 练习
help-plan = 安排
help-results = 成绩
help-settings = 设置与数据
help-group =
    发 /quiz 出一道投票题。第一次就答对，按难度得 10、15 或 20 分，每个投票每人只计一次。
help-admins-more = 设置用的命令，由管理员发 /help 查看。

settings-title = 设置
settings-hour = 每天出题：{ $hours }
settings-hour-paused = 每天出题：{ $hours }（没有人作答，先停着）
settings-hour-none = 每天出题：没有定时间
settings-zone = 时区：{ $where }
settings-language = 语言：{ $language }
settings-hour-ask = 每天几点出题？别的时间这样写：/daily 07:45
settings-zone-ask = 时区：{ $where }。选一个，或发城市名、UTC+8 这样的写法。
settings-zone-ask-group = 时区：{ $where }。选一个，或这样写：/timezone 深圳
settings-language-ask = 我用哪种语言说话？
settings-admins-only = 只有管理员能改设置。

button-hour = 时间
button-zone = 时区
button-language = 语言
button-back = 返回
button-never = 关闭
language-zh = 中文
language-en = English

zone-city = { $zone }（{ $offset }，现在 { $time }）
zone-offset = { $offset }（现在 { $time }）
zone-set = 时区：{ $where }。
zone-unknown = 没看懂「{ $typed }」。发城市名或时差，例如深圳、Munich、UTC+8；要题发 /quiz
zone-unknown-group = 没看懂「{ $typed }」。这样写：/timezone 深圳
language-set = 好，以后说中文。
language-unknown = 没看懂「{ $typed }」。这样写：/language zh，或 /language en

hint-choice = 上面那题点选项作答。
hint-choice-typed = 上面那题点选项作答；想打字，先点那题下面的「打字回答」。
hint-words = 上面那题在等你回答，直接打字就行。
hint-rating = 上面那题等你评分。还要补充，就回复那条点评。
hint-full = 上面那题等你评分。一题最多收 { $most } 条，还要补充，就改前面的消息。
hint-recalled = 上面那题的答案已经给出，对照着给自己评分。
hint-rated = 那题评过分了。要补充：/undo，再改刚才那条消息。
hint-text = 这条没有对上等着作答的题。要题发 /quiz，看全部命令发 /help
private-only = 这个命令只在私聊里用，请到私聊里发给我。
hint-command = 没有这个命令。看全部命令发 /help
too-old = 这个按钮太旧了，重新发命令吧。
too-fast = 你发得太快，我跟不上，后面这些就不处理了。歇一会儿再发。
update-failed = 这一条我没处理成，已经记下来给管理员了。再试一次，或换个命令。

command-quiz = 来一题（可加主题，如 /quiz 注意力）
command-review = 复习到期的题
command-undo = 撤销最后一次作答
command-daily = 每天几点出题（/daily 09:00，/daily off）
command-vacation = 休假：不推送，连续天数不断（/vacation 7）
command-stats = 我的成绩
command-topics = 主题
command-cram = 加练一个主题，不影响复习（/cram 注意力）
command-mistakes = 最近答错的题
command-interview = 模拟面试，一题题追问，最后一起评（/interview 注意力 5）
command-exam = 按考试那天排计划（/exam 2026-12-20）
command-leaderboard = 排行（可加主题）
command-me = 我的名次
command-why = 我的分是怎么来的
command-hide = 从榜上隐去，或回来
command-void = 作废一题（管理员，回复那道题）
command-settings = 设置
command-timezone = 时区（/timezone 北京）
command-language = 语言（zh、en）
command-help = 怎么用
command-start = 开始
