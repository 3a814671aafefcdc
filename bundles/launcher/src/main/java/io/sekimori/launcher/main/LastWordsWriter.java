package io.sekimori.launcher.main;

import io.sekimori.generation.LastWords;
import io.sekimori.generation.Unit;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** Writes last words, but lets no disk that hangs keep the process alive. Thread-safe. */
record LastWordsWriter(Unit unit, int generation, Clock clock, Lines lines) {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    void write(LastWords.Kind kind, String why) {
        Thread writer = new Thread(() -> writeNow(new LastWords(kind, why, generation, clock.instant())));
        writer.setName("sekimori-last-words");
        writer.setDaemon(true);
        writer.start();
        try {
            writer.join(LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the process ends anyway
        }
    }

    private void writeNow(LastWords words) {
        try {
            words.write(unit);
        } catch (IOException e) {
            lines.say("the next start's report will not say why: " + e);
        }
    }
}
