# 打字作答：写、点评、自己定分

typed-note = 记下了。还有就接着发，没有就点「说完了」；两分钟没有下文，我就当说完了。
typed-done = 说完了
typed-below = 记下了，点评在下面。
typed-ungraded = 这题没有评分要点，自己对照参考答案。

typed-score = 说到了 { $hit }/{ $all } · { $band }
typed-band-solid = 扎实
typed-band-partial = 说到一部分
typed-band-not-yet = 还没到位
typed-hit = ✓ { $say } —「{ $quote }」
typed-hit-bare = ✓ { $say }
typed-hit-own = ✓ { $say } — 你说过
typed-missed = ✗ 漏了：{ $say }
typed-wrong = ✗ 「{ $quote }」不对：{ $right }
typed-unsure = 这一份我没有把握，请自己再对一遍。
typed-suggestion = 建议：{ $rating }
typed-offline-failed = 离线点评：{ $host } 没有给出第二意见
typed-offline-paused = 离线点评：{ $host } 暂时不通
typed-offline-spent = 离线点评：今天的第二意见用完了
typed-late = 评分之后改的不算。想算上：/undo，再改一次。
typed-claim = 我说过这点
typed-said = 我说过：{ $say }
typed-back = 没说过：{ $say }

typed-points = 补上了 { $hit }/{ $all }
typed-missed-again = ✗ 还漏着：{ $say }
typed-whole = 接着把整题答一遍，写完点「说完了」。
typed-enough = 不写了，就这样评

typed-flag-empty = 没看到文字。
typed-flag-unknown = 不知道也没关系，先看一遍参考答案。
typed-flag-echo = 这是题目本身，答案还没开始。
typed-flag-copy = 和参考答案几乎一字不差；合上它，用自己的话说一遍才记得住。
typed-flag-list = 这些是词，还没有连成话，看不出你怎么理解。
typed-flag-scatter = 字不少，说到点子上的不多；挑要紧的几句说。
typed-flag-tangle = 几个概念混在同一句里，它们之间的关系没说清。
typed-flag-elsewhere = 有些点说到了，但整段更像在答另一道相近的题；先正面回答这一问。
