# 进群：我在群里能看到什么、能做什么

lifecycle-privacy = 我开着隐私模式：只收得到命令、投票和按钮，看不到你们聊天。
lifecycle-hears-all = 群里的消息我都收得到，但只理会命令、投票和按钮。
lifecycle-no-polls = 我还不能发投票。请管理员在群的「权限」里给我打开「发送投票」。
lifecycle-silenced = 我进了「{ $title }」，但那里不许我发言。请管理员在群的「权限」里给我打开「发送消息」和「发送投票」，再到群里发 /quiz
