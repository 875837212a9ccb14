# 学习设置

study-title = 学习
study-retention = 目标记住率：{ $value }
study-new-a-day = 每天新题：{ $value }
study-reviews-a-day = 每天复习：{ $value }
study-mode = 作答方式：{ $value }
study-mode-mixed = 混合
study-mode-choice = 选择
study-mode-typed = 打字
study-mode-recall = 自评
study-opinions = 第二意见：{ $value }
study-opinions-on = 要
study-opinions-off = 不要
study-memory-early = 遗忘曲线：通用的（答满 { $enough } 次后照你的来拟合，现在 { $answered } 次）
study-memory-soon = 遗忘曲线：通用的（一天之内照你的来拟合）
study-memory-own = 遗忘曲线：照你的 { $answered } 次作答拟合
study-memory-usual = 遗忘曲线：通用的（照你的 { $answered } 次作答拟合过，并不更准）
study-today = 今天答过：新题 { $new }，复习 { $reviews }
study-postponed = 超出每天复习上限的 { $number } 题留到之后
study-no-limit = 不限

study-button = 学习
study-button-retention = 记住率
study-button-new-a-day = 新题
study-button-reviews-a-day = 复习
study-button-opinions = 第二意见
study-button-mode = 作答方式

study-ask-retention =
    再问到一题时，希望还记得的可能有多大？
    越高问得越勤：95% 的间隔约为 90% 的四成，80% 约为三倍。排好的题会跟着重排。
study-ask-new-a-day = 每天主动给你的新题最多几道？你自己发 /quiz 要的不受限制。
study-ask-reviews-a-day = 每天主动给你的复习最多几道？多出来的留到第二天。你自己发 /quiz 要的不受限制。
study-ask-mode =
    怎么作答？
    混合：新题先做选择，选对两次后改成打字作答。
    选择：总给选项。打字：像面试那样写出来，按要点评。自评：自己先说一遍，再看答案打分。
    每道题下面也可以单独换。
study-ask-opinions =
    打字的回答，要不要再请语言模型看一遍？
    要的话，你的回答会连同题目、参考答案和要点离开这台机器，发到 { $host }；你的名字、编号和其他记录不会发出去。
    它只能从你的原话里指出说到了哪点，对不上原话的不算；点评还是我来写。它没有回应时，照常离线点评。

study-portion = 每次推送：{ $value } 题
study-reminder = 没做完时提醒：{ $value }
study-no-reminder = 不提醒
study-button-portion = 每次几题
study-button-reminder = 提醒
study-ask-portion = 每天那个钟点推来几题？先到期的，再新的。点一个选项就开始，随时可以停，停了可以接着做。
study-ask-reminder = 当天推来的没做完时，几点再问一次？做完了就不提醒。
study-reminder-unpushed = 还没定每天几点出题，先定一个：/daily 09:00
study-reminder-early = 提醒要晚于每天出题的 { $time }。
study-reminder-late = 每天 { $time } 才出题，再提醒就太晚了。要提醒就把出题改早些：/daily 20:00
