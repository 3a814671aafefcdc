package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalTest {

    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*(//|/\\*|\\*).*$");
    private static final Pattern ASSERTS =
            Pattern.compile("\\b(assert\\w*|refus\\w*|isEqualTo|isNotEqualTo|contains\\w*)\\(");
    private static final List<String> ASSERTIONS = assertionsOfAllTests();

    @ParameterizedTest
    @MethodSource("codes")
    void everyCodeHasAdviceInBothLanguages(RefusalCode code) {
        String english = code.advice(Locale.ENGLISH);
        String japanese = code.advice(Locale.JAPANESE);

        assertThat(english).matches("[A-Z].*\\.");
        assertThat(japanese).endsWith("。").isNotEqualTo(english);
    }

    /** A comment, a list or an example that names a code reaches nothing: it must stand in what asserts. */
    @ParameterizedTest
    @MethodSource("codes")
    void everyCodeIsAssertedByATest(RefusalCode code) {
        Pattern constant = Pattern.compile("\\b" + code.getClass().getSimpleName() + "\\." + code.name() + "\\b");

        assertThat(ASSERTIONS).anyMatch(assertion -> constant.matcher(assertion).find());
    }

    @Test
    void whatIsOnlyMentionedIsNotAsserted() {
        assertThat(assertions("    // assertRefused(x, TrustCode.A);\n * assertRefused(x, TrustCode.A);\n"))
                .isEmpty();
        assertThat(assertions("TrustCode code = TrustCode.A;")).isEmpty();
        assertThat(assertions("void a() { assertRefused(x, TrustCode.A); }")).hasSize(1);
    }

    @Test
    void thereIsNoAdviceForCodesThatAreNoMore() throws IOException {
        Set<String> names = codes().map(RefusalCode::name).collect(Collectors.toSet());
        for (String file : List.of("refusals.properties", "refusals_ja.properties")) {
            Properties advice = new Properties();
            try (var in = TrustCode.class.getResourceAsStream(file)) {
                advice.load(in);
            }
            assertThat(advice.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void adviceInAnUnknownLanguageIsEnglish() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.JAPANESE);
            assertThat(TrustCode.PACK_NAME.advice(Locale.FRENCH)).isEqualTo(TrustCode.PACK_NAME.advice(Locale.ROOT));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void detailsFromOutsideAreMadeHarmless() {
        Refusal refusal = new Refusal(TrustCode.PACK_NAME, "a\nb\u001b[31m\u202ec" + "x".repeat(1_000));

        assertThat(refusal.detail()).startsWith("a?b?[31m?c").hasSize(Refusal.MAX_DETAIL_CHARS);
        assertThat(refusal).hasToString("PACK_NAME: " + refusal.detail());
    }

    private static Stream<RefusalCode> codes() {
        return Stream.concat(Stream.of(TrustCode.values()), Stream.of(PublishCode.values()));
    }

    private static List<String> assertionsOfAllTests() {
        try (Stream<Path> sources = Files.list(Path.of("src/test/java/io/sekimori/trust"))) {
            return sources.flatMap(source -> assertions(text(source)).stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> assertions(String source) {
        return Stream.of(COMMENT.matcher(source).replaceAll("").split("[;{}]"))
                .filter(statement -> ASSERTS.matcher(statement).find())
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
