# 错题

mistakes-head = 错题 { $number } 道，最近的在前
mistakes-none = 没有错题。最近一次答错的题会列在这里，再答对就不在了。
mistakes-chosen = 选了：{ $choice }
mistakes-right = 应为：{ $choice }
mistakes-answer = 自评没答上，应答：{ $answer }
mistakes-cram = 加练这 { $number } 题
mistakes-export = 导出
mistakes-files = 错题，Markdown 与 CSV 各一份。
mistakes-sent = 已经发在下面了。
mistakes-title = 错题 { $day }
mistakes-missed = 漏了：{ $say }
