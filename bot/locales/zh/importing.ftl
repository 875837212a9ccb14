# 导入：/import

import-ask =
    把文件发过来：导出的 ZIP、里面的 export.json，或 Anki 的 .apkg。
    我合并复习记录，重复的不会算两遍，学习设置和搁置的题也带回来；榜单、积分和连续天数不变。
import-no-file = 这不是能导入的文件，我还在等 ZIP、export.json 或 .apkg；如果是回答题目，回复那道题再发一次。
import-how = 要导入这个文件，先发 /import，再发文件。
import-done =
    { $total ->
        [0] 文件里没有能用的复习记录。
       *[other] 文件里有 { $number } 条复习记录，{ $new ->
            [0] 都已经有了
           *[other] 新加入 { $added } 条
        }。
    }
import-unknown = 另有 { $reviews } 条没有导入：题库里没有那 { $questions } 题。
import-own-study = 学习设置也带回来了（这里改过的不动）。
import-own-suspended = { $number } 道搁置的题仍然搁置。
import-own-exam = 考试日期：{ $day }。/exam
import-next = 接着练：/quiz
import-other = 这份导出文件不是你的：上面写的是 { $name }（编号 { $id }），你的编号是 { $mine }。
import-other-unnamed = 这份导出文件不是你的：上面的编号是 { $id }，你的是 { $mine }。
import-other-has = 里面有 { $number } 条复习记录，分布在 { $days }。收下后就都算你的，学习设置和搁置的题也会带过来，不能撤销。
import-take = 收下
import-leave = 不要
import-left = 没有导入，没有改动。
import-settled = 这个文件已经处理过了。
import-late = 这个按钮过期了：先发 /import，再把文件重新发一次。
import-too-big = 文件太大，我最多能收 20 MB。没有改动。
import-lost = 这个文件我取不到，重新发一次吧。没有改动。
import-foreign = 这不是考官的导出文件，也不是 .apkg。没有改动。
import-broken = 这个文件坏了，或被改过，读不了。没有改动。
import-large = 文件里的内容太多，我读不下。没有改动。
import-newer = 这个文件来自更新的版本，我还读不了。没有改动。
import-zstd = 这个 .apkg 是 Anki 的新格式。在 Anki 里重新导出，勾选「支持旧版本 Anki」和「包含学习进度」。没有改动。
import-future = 文件里有还没到时间的复习记录，所以不能用。没有改动。

command-import = 把导出的复习记录带回来
