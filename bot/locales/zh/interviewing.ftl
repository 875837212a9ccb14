# 模拟面试：一题一题问，答得单薄就追问，最后一起评

interview-begins =
    开始吧，一共 { $number } 题，大约 { $minutes } 分钟。
    像当面那样说，打字、发语音都行。
    说完点「说完了」；停两分钟，我也当你说完了。
    不会就说「不会」，我问下一题。
    中间不评，最后一起评。
interview-only = 没有那么多题，能问的都在这场里。
interview-bounds = 一场 1 到 { $most } 题。
interview-goes-on = 这场还没结束，接着问。想换一场，先点「到此为止」。
interview-head = 第 { $at }/{ $of } 题 · 已过 { $elapsed } 分钟，计划 { $planned } 分钟
interview-on = 追问：{ $ask }
interview-listening = 我在听。接着说，说完发「说完了」。
interview-done = 说完了
interview-stop = 到此为止
interview-nothing = 这里没有可以问的题。
interview-everything = 全部主题

interview-over = 面试结束 · { $about } · { $number } 题 · { $minutes } 分钟
interview-unanswered = 还没作答就结束了。想再来，发 /interview
interview-verdict-strong = 这一场答得扎实，照这样去面试没问题。
interview-verdict-fair = 至少一半答得扎实，把下面的漏洞补上再去。
interview-verdict-weak = 还差得比较多，先把下面这些补上，过几天再来一场。
interview-verdict-none = 这一场我评不了，请对照答案自己评。
interview-strong = 答得好
interview-gaps = 漏洞
interview-gap =
    ✗ { $question }
    { $gaps }
interview-gap-comma = ；
interview-yourself =
    · { $question }
    请自己评
interview-read = 该读的
interview-rate = 下面是每题建议的评分，点一下可以改；确认之后才排进复习。
interview-plan = 排进复习
interview-planned = 已排进复习：{ $when }。
interview-back = { $days ->
    [0] 今天 { $number } 题
    [1] 明天 { $number } 题
   *[other] { $day } 天后 { $number } 题
}
