# Study settings

study-title = Study
study-retention = Retention aimed at: { $value }
study-new-a-day = New questions a day: { $value }
study-reviews-a-day = Reviews a day: { $value }
study-mode = Answering: { $value }
study-mode-mixed = Mixed
study-mode-choice = Choices
study-mode-typed = In writing
study-mode-recall = Recall
study-opinions = Second opinion: { $value }
study-opinions-on = Yes
study-opinions-off = No
study-memory-early = Forgetting curve: the usual one (fitted to you after { $enough } answers, so far { $answered })
study-memory-soon = Forgetting curve: the usual one (fitted to you within a day)
study-memory-own = Forgetting curve: fitted to { $answered } answers of yours
study-memory-usual = Forgetting curve: the usual one (fitted to your { $answered } answers it foretold no better)
study-today = Answered today: { $new } new, { $reviews } reviewed
study-postponed = { $count ->
    [one] 1 review is over the day’s limit and left for later
   *[other] { $number } reviews are over the day’s limit and left for later
}
study-no-limit = No limit

study-button = Study
study-button-retention = Retention
study-button-new-a-day = New a day
study-button-reviews-a-day = Reviews a day
study-button-opinions = Second opinion
study-button-mode = Answering

study-ask-retention =
    When I ask again, how likely should it be that you still know the answer?
    Higher means more often: at 95% the waits are 0.4 times those at 90%, at 80% three times. What is planned moves with it.
study-ask-new-a-day = How many new questions a day may I bring at the most? What you ask for with /quiz is not limited.
study-ask-reviews-a-day = How many reviews a day may I bring at the most? The rest waits for the next day. What you ask for with /quiz is not limited.
study-ask-mode =
    How do you want to answer?
    Mixed: choices while a question is new; in writing once you have chosen right twice.
    Choices: always with choices. In writing: as in the interview, judged point by point. Recall: say it, look, rate yourself.
    Under each question you can switch for that one.
study-ask-opinions =
    Should a language model read your written answers, too?
    If so, your answer leaves this machine for { $host }, with the question, its reference and its points. Your name, your number and all other records stay here.
    It may only point at words of yours that make a point; words you did not write count for nothing, and the grade is still mine. Without a reply you are graded offline, as ever.

study-portion = Questions a push: { $value }
study-reminder = Reminder if not done: { $value }
study-no-reminder = none
study-button-portion = How many
study-button-reminder = Reminder
study-ask-portion = How many questions should the daily hour bring? Due ones first, then new ones. A tap on a choice begins, and you can stop and go on whenever you like.
study-ask-reminder = At what hour should I remind you if the day’s questions are not done? Once they are, I do not.
study-reminder-unpushed = No daily hour is set yet. Set one first: /daily 09:00
study-reminder-early = A reminder has to come after the daily hour, { $time }.
study-reminder-late = The questions come at { $time }; a reminder after that would be too late. For one, have them earlier: /daily 20:00
