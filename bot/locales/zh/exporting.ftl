# 导出：/export

export-everything = 你的全部数据：作答、复习记录、卡片和设置，有 JSON，也有 CSV。想带回来，发 /import
export-cards = 你的卡片，给 Anki 用：{ $cards } 题，其中 { $reviewed } 题带复习进度。
export-readme =
    考官：{ $name } 的全部数据
    导出时间：{ $when }（{ $zone }）

    export.json  全部数据，一个文件
    import.json  其中 /import 要读的部分
    {"*"}.csv  同样的数据，一张表一个文件，可以用 Excel 打开。

    reviews.csv  复习记录：哪道题、什么时候、评了几分（1 重来，2 困难，3 良好，4 简单）
    cards.csv  每道题下次什么时候问
    answers.csv  每次作答：选了什么、对不对、得了几分
    pieces.csv  打字写下的回答，一条消息一行；marks.csv  其中说到、漏掉和说错的要点
    interviews.csv、turns.csv  模拟面试
    rounds.csv  私聊里出过的题；别的表里 round_id 相同的，说的就是那一题
    scores.csv  各榜上的分数
    study_days.csv  连续学习的日子，从哪天到哪天
    settings.csv  私聊的设置
    person.csv  你的名字和编号
    其余几张是学习设置、休假、考试、不问的题和推送记录；空的表不放

    时间都是 UTC，例如 2026-11-26T01:30:00Z；学习日写成 2026-11-26。
    别人的数据不在里面。

    带回来：私聊里发 /import，再把这个 ZIP 发过来。只合并复习记录，重复的不会算两遍。
    放进 Anki：在 Anki 里导入 kaoguan-cards.apkg，勾选导入学习进度，并在牌组选项里打开 FSRS。

command-export = 带走我的全部数据（也能放进 Anki）
