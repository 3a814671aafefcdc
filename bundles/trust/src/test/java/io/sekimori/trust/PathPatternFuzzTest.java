package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A pattern covers what a regular expression made of it covers. */
class PathPatternFuzzTest {

    private static final int MAX_CHARS = 24; // a regular expression may take for ever, which is why it is not used

    @FuzzTest(maxDuration = "60s")
    void aPatternCoversWhatItSays(byte[] input) {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 2);
        if (lines.length < 2 || lines[0].length() > MAX_CHARS || lines[1].length() > MAX_CHARS) {
            return;
        }
        boolean covered = new PathPattern(lines[0]).matches(lines[1]);
        if (lines[0].indexOf('[') < 0) {
            assertThat(covered).isEqualTo(expression(lines[0]).matcher(lines[1]).matches());
        }
    }

    private static Pattern expression(String pattern) {
        StringBuilder expression = new StringBuilder();
        for (int c : pattern.codePoints().toArray()) {
            expression.append(
                    switch (c) {
                        case '*' -> "[^/]*";
                        case '?' -> "[^/]";
                        default -> String.format("\\x{%x}", c);
                    });
        }
        return Pattern.compile(expression.toString(), Pattern.DOTALL);
    }
}
