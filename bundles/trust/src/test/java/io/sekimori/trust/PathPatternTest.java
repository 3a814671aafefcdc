package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TUF 4.5, rule A3: what a delegation's pattern covers. */
class PathPatternTest {

    @ParameterizedTest
    @CsvSource({
        "targets/*.tgz,      targets/foo.tgz",
        "targets/*.tgz,      targets/.tgz",
        "foo-version-?.tgz,  foo-version-2.tgz",
        "foo-version-?.tgz,  foo-version-a.tgz",
        "*,                  readme",
        "*/*,                a/b",
        "a*b*c,              aXbYbZc",
        "a**c,               abc",
        "[a-c]x,             bx",
        "[!a-c]x,            dx",
        "[!a-c]x,            [x",
        "[!a-c]x,            !x",
        "x[bc]d,             xbd",
        "[]]x,               ]x",
        "[!]a]x,             bx",
        "[a-]x,              -x",
        "[a,                 [a",
        "a[,                 a[",
        "org.acme.*/*/*.jar, org.acme.pump/1.0.0/org.acme.pump-1.0.0.jar",
        "関?/*,              関守/a",
        "a?c,                a\uD83D\uDD11c",
    })
    void covers(String pattern, String path) {
        assertThat(new PathPattern(pattern).matches(path)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "targets/*.tgz,      targets/foo.txt",
        "targets/*.tgz,      targets/a/foo.tgz",
        "targets/*.tgz,      targets/foo.tgz/x",
        "*.tgz,              targets/foo.tgz",
        "*,                  a/b",
        "**,                 a/b",
        "?,                  /",
        "a?b,                a/b",
        "a[/]b,              a/b",
        "a[!x]b,             a/b",
        "foo-version-?.tgz,  foo-version-alpha.tgz",
        "Foo,                foo",
        "*.TGZ,              foo.tgz",
        "[a-c]x,             dx",
        "[!a-c]x,            bx",
        "[!]a]x,             ]x",
        "[a-c]x,             ]x",
        "x[bc]d,             xb",
        "abc,                abcd",
        "abcd,               abc",
        "org.acme.*/*/*.jar, org.acmeevil/1.0.0/x.jar",
    })
    void doesNotCover(String pattern, String path) {
        assertThat(new PathPattern(pattern).matches(path)).isFalse();
    }

    @Test
    void manyStarsDoNotTakeForEver() {
        PathPattern pattern = new PathPattern("*a".repeat(200) + "b");
        String path = "a".repeat(2_000);

        Assertions.assertTimeout(
                Duration.ofSeconds(60), () -> assertThat(pattern.matches(path)).isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "*/*/*.jar,               io.sekimori.*/*/*.jar",
        "**/*/*.jar,              io.sekimori.*/*/*.jar",
        "i*.update.engine/*/*.jar, io.sekimori.*/*/*.jar",
        "[!a-h]o.?ekimori.a/*/*.jar, io.sekimori.*/*/*.jar",
        "org.acme.*/*/*.jar,      org.*.pump/*/*.jar",
        "[a-f]*/*/*.jar,          [f-z]*/*/*.jar",
        "a,                       a",
        "*a,                      a*",
    })
    void someReleaseIsCoveredByBoth(String one, String other) {
        assertThat(new PathPattern(one).meets(new PathPattern(other))).isTrue();
        assertThat(new PathPattern(other).meets(new PathPattern(one))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "org.acme.*/*/*.jar,      io.sekimori.*/*/*.jar",
        "io.sekimoriz*/*/*.jar,   io.sekimori.*/*/*.jar",
        "*/*/*.jar,               slot/*/*/*.jar",
        "[a-f]*/*/*.jar,          [g-z]*/*/*.jar",
        "[!a-z]*/*/*.jar,         io.sekimori.*/*/*.jar",
        "関*,                     *関",
        "a,                       ab",
        "a?,                      a/",
    })
    void noReleaseIsCoveredByBoth(String one, String other) {
        assertThat(new PathPattern(one).meets(new PathPattern(other))).isFalse();
        assertThat(new PathPattern(other).meets(new PathPattern(one))).isFalse();
    }

    /** Whatever is covered by two patterns is not overlooked. */
    @Test
    void twoPatternsOfOnePathMeet() {
        Random random = new Random(17);
        int both = 0;
        for (int i = 0; i < 200_000; i++) {
            PathPattern one = new PathPattern(words(random, "ab/*?[]!-"));
            PathPattern other = new PathPattern(words(random, "ab/*?[]!-"));
            String path = words(random, "ab/");
            if (one.matches(path) && other.matches(path)) {
                both++;
                assertThat(one.meets(other)).as("%s %s %s", one, other, path).isTrue();
            }
        }
        assertThat(both).isGreaterThan(100);
    }

    @Test
    void manyStarsTakeNoTime() {
        PathPattern one = new PathPattern("*a".repeat(200));
        PathPattern other = new PathPattern("a*".repeat(200) + "b");

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> assertThat(one.meets(other)).isFalse());
    }

    private static String words(Random random, String alphabet) {
        StringBuilder words = new StringBuilder();
        for (int length = random.nextInt(6); words.length() < length; ) {
            words.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return words.toString();
    }
}
