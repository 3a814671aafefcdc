package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.trust.Kind;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code director assign --set} and {@code rollout start --set} take the same words. */
class WantedReleaseTest {

    @Test
    void aBundleMayHaveALevel() throws Exception {
        assertThat(WantedRelease.parse("org.a/1.0.0@20"))
                .isEqualTo(new WantedRelease(Kind.BUNDLE, "org.a", "1.0.0", OptionalInt.of(20)));
        assertThat(WantedRelease.parse("org.a/1.0.0").level()).isEmpty();
        assertThat(WantedRelease.parse("slot/org.l/2.0.0").kind()).isEqualTo(Kind.SLOT);
        assertThat(WantedRelease.parse("java/jre/17.0.15").kind()).isEqualTo(Kind.JAVA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.a",
                "org.a/1.0.0@",
                "org.a/1.0.0@0",
                "org.a/1.0.0@101",
                "org.a/1.0.0@1000",
                "org.a/1.0.0@-1",
                "org.a/1.0.0@1@2",
                "org.a@1/1.0.0",
                "slot/org.l",
                "slot/org.l/2.0.0@5",
                "java/jre/17.0.15@5",
                "a/b/c"
            })
    void whatIsNoReleaseOrHasNoSuchLevelIsRefused(String words) {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> WantedRelease.parse(words))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo("SET_MALFORMED");
                    assertThat(failure.exit()).isEqualTo(ExitCode.USAGE);
                });
    }

    @Test
    void anAssignmentTakesTheLevel(@TempDir Path directory) throws Exception {
        Factory factory = new Factory(directory).open();
        assertThat(factory.makeUnit().exit()).isZero();
        String assign =
                "director assign --director director --repository releases --serial 0001 --set org.example.meter/1.0.0";

        factory.session().must(assign + "@20");
        Session.Result wrong = factory.session().sekimori(assign + "@0");

        assertThat(factory.session()
                        .must("director show --director director --serial 0001")
                        .out())
                .containsPattern("20 +org.example.meter");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("SET_MALFORMED:").contains("1 to 100");
    }
}
