package io.sekimori.itests.console;

import io.sekimori.web.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One row of the table of who may do what, as the page has it. */
record Row(String method, String path, Permission permission) {

    private static final Pattern LINE =
            Pattern.compile("\\| (GET|POST|PUT|PATCH|DELETE) \\| `([^`]+)` \\| ([A-Z]+) \\|");

    static List<Row> of(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(found -> new Row(found.group(1), found.group(2), Permission.valueOf(found.group(3))))
                .toList();
    }

    /** The address with something for each parameter. */
    String address() {
        return path.replaceAll("\\{[a-zA-Z0-9.]+\\}", "nothing");
    }
}
