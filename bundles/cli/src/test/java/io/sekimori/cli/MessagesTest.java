package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    @Test
    void everyTextIsThereInJapanese() throws IOException {
        Properties english = texts("messages.properties");
        Properties japanese = texts("messages_ja.properties");

        assertThat(new TreeSet<>(japanese.stringPropertyNames()))
                .isEqualTo(new TreeSet<>(english.stringPropertyNames()));
    }

    @Test
    void aTranslationFillsInTheSameDetails() throws IOException {
        Properties english = texts("messages.properties");
        Properties japanese = texts("messages_ja.properties");

        for (String key : english.stringPropertyNames()) {
            assertThat(places(japanese.getProperty(key))).as(key).isEqualTo(places(english.getProperty(key)));
        }
    }

    /** Blanks before a text are no part of it, unless they are written as the first one of an escape. */
    @Test
    void noTextLosesItsIndentation() throws IOException {
        for (String name : List.of("messages.properties", "messages_ja.properties")) {
            String file = new String(Messages.class.getResourceAsStream(name).readAllBytes(), StandardCharsets.UTF_8);

            assertThat(file.lines()).as(name).noneMatch(line -> line.matches("[^#=]+= {2,}.*"));
        }
    }

    @Test
    void theEnvironmentDecidesTheLanguage() {
        assertThat(Messages.localeOf(Map.of("LANG", "ja_JP.UTF-8"))).isEqualTo(Locale.JAPANESE);
        assertThat(Messages.localeOf(Map.of("LANG", "ja_JP.UTF-8", "LC_ALL", "C")))
                .isEqualTo(Locale.ROOT);
        assertThat(Messages.localeOf(Map.of())).isEqualTo(Locale.ROOT);
    }

    private static TreeSet<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties texts(String name) throws IOException {
        Properties texts = new Properties();
        try (Reader in = new InputStreamReader(Messages.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            texts.load(in);
        }
        return texts;
    }
}
