# 休假

vacation-none = 现在没有休假。
vacation-now = 休假中：{ $days }。
vacation-open = 休假中，哪天回来都行。
vacation-planned = 已记下休假：{ $days }。
vacation-piled = 积下的还有 { $due } 题，分 { $days } 天给，今天还有 { $each } 题。
vacation-piled-done = 积下的还有 { $due } 题，今天的做完了，其余之后几天给。
vacation-piled-last = 积下的还有 { $due } 题，今天给完。
vacation-rules = 休假时不推送，连续天数不增也不断；回来后积下的复习分几天给。
vacation-ask = 从今天起休几天？也可以写 /vacation 12-01 12-14
vacation-button-days = { $days } 天
vacation-button-open = 先不定
vacation-button-back = 我回来了
vacation-button-cancel = 不休了
vacation-button = 休假
vacation-length = 一次休 1 到 { $most } 天，「{ $typed }」不行。这样写：/vacation 7；还不知道哪天回来：/vacation on
vacation-past = 「{ $typed }」里有已经过去的日子，休假从今天起才算。这样写：/vacation 7，或 /vacation 12-01 12-14
vacation-reversed = 「{ $typed }」结束在开始之前。先写开始，再写结束：/vacation 12-01 12-14
vacation-far = 「{ $typed }」太远了，最多排到 { $date }。还不知道哪天回来：/vacation on
vacation-unknown = 没看懂「{ $typed }」。这样写：/vacation 7，或 /vacation 12-01 12-14；回来时 /vacation off
