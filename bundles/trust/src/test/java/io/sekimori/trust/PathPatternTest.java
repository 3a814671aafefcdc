package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
        PathPattern pattern = new PathPattern("*a".repeat(500) + "b");
        String path = "a".repeat(2_000);

        Assertions.assertTimeout(
                Duration.ofSeconds(60), () -> assertThat(pattern.matches(path)).isFalse());
    }
}
