# Arriving, settings, leaving

about-short = An interview examiner: asks as interviewers ask, says what was wrong and why, and asks again before you forget.
about-long =
    I am Kaoguan, an examiner for NLP and LLM interviews.
    Send /quiz for a question; answer it and see what was right, why, and the whole answer.
    What you got wrong comes back tomorrow, the rest a few days later.
    Add me to a group and everyone answers in a poll.

start-private =
    I am Kaoguan, the examiner. I ask as an interviewer asks, you answer, I say what was right and why, and I ask again before you forget.
    Bank: { $banks }, { $count ->
        [one] 1 question
       *[other] { $count } questions
    }.
    Start now: /quiz
start-hour-ask = At what hour shall I ask each day?
start-zone-ask = Time zone: { $where }. Elsewhere? Tap below, or send your city.
start-group =
    I am Kaoguan, the examiner. Send /quiz and I post a poll; ten minutes later I say who was right, and why.
    Bank: { $banks }, { $count ->
        [one] 1 question
       *[other] { $count } questions
    }.
    Admins set the daily hour, the time zone and the language with the buttons below.
bank-list-separator = {", "}

help-private =
    /quiz asks a question; tap a choice, or write your answer. What goes wrong comes again tomorrow, what goes right a few days later.
help-practice = Practice
help-plan = Planning
help-results = Results
help-settings = Settings and data
help-group =
    Send /quiz for a poll. A right first answer earns 10, 15 or 20 points by difficulty, once per person and poll.
help-admins-more = Admins: send /help to see the commands for settings.

settings-title = Settings
settings-hour = Daily questions: { $hours }
settings-hour-paused = Daily questions: { $hours } (paused, as nobody answered)
settings-hour-none = Daily questions: no hour set
settings-zone = Time zone: { $where }
settings-language = Language: { $language }
settings-hour-ask = At what hour each day? For another one: /daily 07:45
settings-zone-ask = Time zone: { $where }. Pick one, or send a city or an offset such as UTC+8.
settings-zone-ask-group = Time zone: { $where }. Pick one, or write: /timezone Munich
settings-language-ask = Which language shall I speak?
settings-admins-only = Only admins can change settings.

button-hour = Hour
button-zone = Time zone
button-language = Language
button-back = Back
button-never = Off
language-zh = 中文
language-en = English

zone-city = { $zone } ({ $offset }, now { $time })
zone-offset = { $offset } (now { $time })
zone-set = Time zone: { $where }.
zone-unknown = I did not understand “{ $typed }”. Send a city or an offset, such as Shenzhen, Munich or UTC+8; for a question, /quiz
zone-unknown-group = I did not understand “{ $typed }”. Write /timezone Munich, or an offset such as UTC+8
language-set = English it is.
language-unknown = I did not understand “{ $typed }”. Write /language zh or /language en

hint-choice = The question above is answered by a tap on one of its choices.
hint-choice-typed = The question above is answered by a tap on one of its choices. To answer in words, tap “Write it” below it first.
hint-words = The question above waits for your answer in words.
hint-rating = The answer above waits for your rating. To add to it, reply to its grade.
hint-full = The answer above waits for your rating. It takes { $most } messages at the most; to add to it, edit one.
hint-recalled = The answer stands above; compare, and rate yourself.
hint-rated = That answer is rated. To add to it: /undo, then edit your message.
hint-text = That answers no question of mine. /quiz asks one, /help lists all commands
private-only = That one is for private chats: send it to me there.
hint-command = There is no such command. /help lists them all
too-old = That button is too old. Send the command again.
too-fast = You send faster than I can answer, so I leave out what comes now. Give me a moment, then try again.
update-failed = I could not handle that one; it is noted for the operator. Try again, or try another command.

command-quiz = A question (with a topic: /quiz attention)
command-review = Review what is due
command-undo = Take back my last answer
command-daily = The daily hour (/daily 09:00, /daily off)
command-vacation = Vacation: no pushes, the streak stays (/vacation 7)
command-stats = My results
command-topics = Topics
command-cram = Extra study of a topic, outside the reviews (/cram attention)
command-mistakes = What went wrong last
command-interview = A mock interview with follow-ups and a verdict (/interview attention 5)
command-exam = A plan for your exam day (/exam 2026-12-20)
command-leaderboard = The board (of a topic, too)
command-me = My rank
command-why = Where my points come from
command-hide = Leave the boards, or come back
command-void = Void a round (admins, as a reply to it)
command-settings = Settings
command-timezone = Time zone (/timezone Berlin)
command-language = Language (zh, en)
command-help = How this works
command-start = Begin
