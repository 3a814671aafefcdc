package io.sekimori.fleet.records;

import io.sekimori.fleet.RunningBundle;
import java.util.List;
import java.util.stream.Collectors;

/** What a gateway starts with as the text of a column: one to a line, name, version and hash. Stateless. */
final class SlotText {

    private SlotText() {}

    static String write(List<RunningBundle> slot) {
        return slot.stream()
                .map(one -> one.symbolicName() + " " + one.version() + " " + one.sha256())
                .collect(Collectors.joining("\n"));
    }

    static List<RunningBundle> read(String text) {
        return text.lines()
                .map(line -> line.split(" ", 3))
                .map(part -> new RunningBundle(part[0], part[1], part[2]))
                .toList();
    }
}
