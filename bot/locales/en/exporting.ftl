# Taking away: /export

export-everything = All that is yours: answers, reviews, cards and settings, as JSON and as CSV. To bring it back, send /import
export-cards = Your cards for Anki: { $cards } questions, { $reviewed } of them with your progress.
export-readme =
    Kaoguan: everything of { $name }
    Exported: { $when } ({ $zone })

    export.json  Everything in one file
    import.json  What /import reads of it
    {"*"}.csv  The same, one file a table, for a spreadsheet.

    reviews.csv  Your reviews: which question, when, and how you did (1 Again, 2 Hard, 3 Good, 4 Easy)
    cards.csv  When each question comes back
    answers.csv  Each answer: what you chose, whether it was right, what it earned
    pieces.csv  The answers you wrote, a message each; marks.csv  the points in them that you made, missed or got wrong
    interviews.csv, turns.csv  Mock interviews
    rounds.csv  The questions asked in private; round_id in other tables says which of them is meant
    scores.csv  Your points on each board
    study_days.csv  Study days in a row, from which day to which
    settings.csv  The settings of your private chat
    person.csv  Your name and number
    The others hold study settings, vacations, the exam, questions put aside, and pushes; empty ones are left out

    Instants are in UTC, such as 2026-11-26T01:30:00Z; study days look like 2026-11-26.
    Nobody else’s data is in here.

    To bring it back, send /import in private, then this ZIP. Reviews are merged; none counts twice.
    For Anki, import kaoguan-cards.apkg with learning progress, and turn FSRS on in the deck options.

command-export = Take all my data away (to Anki, too)
