# 私聊练习：出题、作答、之后

question-head = { $topic } · 难度 { $difficulty }/3
question-only-zh = 这道题目前只有中文。
question-only-en = 这道题目前只有英文。
question-recall = 先自己说一遍，再看答案。
question-missing = 先只说上次漏掉的这 { $number } 点：
question-typed = 直接打字回答，像面试时那样说。
question-as-typed = 打字回答
question-as-choice = 给我选项
question-reveal = 看答案
question-references = 参考

practice-right = ✓ 选了 { $chosen }，对
practice-wrong = ✗ 选了 { $chosen }，应为 { $right }
practice-rate = 答出了多少？
practice-back = { $days ->
    [0] 今天再问
    [1] 明天再问
   *[other] { $number } 天后再问
}
practice-left-due = 今天还剩 { $number } 题
practice-left-new = 还有 { $number } 题没答过
practice-left-none = 今天的都答完了
practice-next = 下一题
practice-guessed = 其实是猜的
practice-easy = 太简单
practice-rating-1 = 重来
practice-rating-2 = 困难
practice-rating-3 = 良好
practice-rating-4 = 简单

practice-undo = 撤销

undo-done = 已撤销，可以重新作答
undo-above = 已撤销，题目就在上面，可以重新作答。
undo-graded = 已撤销，评分按钮又在上面那条里了：重新评一次，或者先改你的消息，会重新批改。
undo-none = 还没有可以撤销的作答。
undo-group = 最后一次作答是在群里，撤销不了。
undo-interview = 最后一次是面试里一起排的复习，撤销不了；下次复习时重新评分，间隔就会调过来。
undo-older = 只能撤销最后一次作答，这一次之后又答过了。
undo-twice = 最后一次作答已经撤销过，更早的撤销不了。
undo-lapsed = 这道题已从题库里撤下或改过，撤销不了。

practice-answered = 这题已经答过了
practice-below = 下一题已经在下面了
practice-passed = 接着的那题也答过了，要新的发 /quiz
practice-lapsed = 这道题刚从题库里撤下或改过，这一轮作废。换一题：/quiz

practice-nothing = 都问过了，今天没有到期的题。
practice-nothing-about = 「{ $topic }」都问过了，今天没有到期的题。
practice-waiting = 都问过了，其中 { $number } 题还没作答，就在上面。
practice-waiting-about = 「{ $topic }」都问过了，其中 { $number } 题还没作答，就在上面。
practice-waiting-else = 没有别的题要问了；有 { $number } 题还没作答，就在上面。
practice-next-at = 下一题{ $when }。
practice-when-today = 今天 { $time }
practice-when-tomorrow = 明天 { $time }
practice-when-next-day = 明天就有
practice-when-later = 在 { $month } 月 { $day } 日
practice-other-topics = 换个主题：/topics
practice-empty = 题库里还没有题。

practice-topic-close = 没有叫「{ $typed }」的主题。是不是：
practice-topic-unknown = 没有叫「{ $typed }」的主题。有这些：
practice-topics = 选一个主题练。数字是答过的题和总题数。
practice-topics-button = { $topic } { $done }/{ $total }

practice-stats-none = 还没有作答。从一题开始：/quiz
practice-stats-graded = 答了 { $graded } 次，答对 { $right } 次
practice-stats-answered = 答了 { $answered } 次，其中选择题 { $graded } 次，答对 { $right } 次
practice-stats-recalled = 答了 { $answered } 次，都是自己评分的
practice-stats-streak = 连续 { $days } 天{ $spare }
practice-stats-due = 今天到期 { $today } 题，七天内 { $week } 题，十四天内 { $ahead } 题
practice-stats-freeze = 每连续学习 7 天攒下一天可缺，最多两天；缺一天用掉一天，连续不断。
practice-stats-year = 过去一年{ $reviews }，学习 { $days }
practice-stats-year-brought = 过去一年{ $reviews }，学习 { $days }，其中 { $brought } 次是导入的
practice-stats-kept = 记住率：{ $parts }
practice-stats-kept-part = 近 { $days } 天 { $share }（复习 { $reviews } 次）
practice-stats-memory = 记牢 { $mature } 题，在记 { $young } 题，没问过 { $new } 题
practice-stats-topics = 各主题答对 / 作答：
practice-stats-topic = { $topic } { $done }/{ $total }

portion-left = 还剩 { $number } 题
portion-done = 今天的做完了
portion-done-some = 这几题做完了
portion-more = 到期的还有 { $number } 题：/review
portion-postponed = { $number } 题留到之后
practice-review-none = 还没有要复习的题。来一道新的：/quiz
practice-reviewed = 到期的都复习完了。
