# 埋到明天、搁置、总也记不住的题

withhold-bury = 明天再说
withhold-suspend = 搁置
withhold-not = 还是现在答
withheld-buried = 今天不问了，明天再说。
withheld-suspended = 搁置了，不再问；要恢复：/settings →「学习」→「搁置的题」

suspended-title = 搁置的题，共 { $number } 道。点号码恢复：
suspended-none = 没有搁置的题。
suspended-gone = （已不在题库里）
suspended-back = 恢复 { $at }
suspended-brought = 恢复了，到期就问

leech-notice = 这道题已忘了 { $number } 次。换个角度记，或者先搁置。
leech-easier = 先来道简单的

study-button-suspended = 搁置的题
