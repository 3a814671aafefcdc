package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are more than a publisher's own are not handed on by mistake. */
class DelegationWidthTest {

    private static final String DELEGATE = "release delegate --repository releases --role acme --key acme --name ";

    @TempDir
    private Path directory;

    private Session session;

    @BeforeEach
    void openTheFactory() throws IOException {
        session = new Factory(directory).open().session();
        session.must("keys new acme beta");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "**", "io.sekimori.*", "[i]o.?ekimori.update.engine", "slot/*", "java/jre"})
    void whatTheGatewayIsMadeOfIsHandedOnOnlyByWhoSaysSo(String names) {
        Session.Result refused = session.sekimori(DELEGATE + names);

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("Warning:")
                .contains("io.sekimori.*", "the keys of acme", "DELEGATION_WIDE:", "nothing is staged", "--wide");
        assertThat(session.must("release show --repository releases").out()).doesNotContain("Staged");

        Session.Result done = session.must(DELEGATE + names + " --wide");

        assertThat(done.err()).startsWith("Warning:").doesNotContain("DELEGATION_WIDE");
        assertThat(done.out()).contains("Staged: acme", "Staged: targets");
    }

    @Test
    void howManyReleasesItCoversIsSaid() {
        assertThat(session.must(DELEGATE + "org.example.*").out())
                .contains("org.example.* covers 1 of the 2 releases there are");
        assertThat(session.must(DELEGATE + "org.acme.*").err()).isEmpty();
        assertThat(session.speaking("ja_JP.UTF-8").sekimori(DELEGATE + "*").err())
                .startsWith("警告:")
                .contains("io.sekimori.*");
    }

    @Test
    void namesOfAnotherRoleAreNotTakenUnseen() {
        String beta = DELEGATE.replace("acme", "beta");
        session.must(DELEGATE + "org.acme.*");

        Session.Result shared = session.sekimori(beta + "org.*.pump");
        session.must(beta + "org.beta.*");
        Session.Result wider = session.sekimori(DELEGATE + "org.*");
        Session.Result again = session.sekimori(DELEGATE + "org.acme.*");

        assertThat(shared.exit()).isEqualTo(1);
        assertThat(shared.err()).contains("belong to acme already", "for those beta will never be asked");
        assertThat(wider.exit()).isEqualTo(1);
        assertThat(wider.err()).contains("belong to beta", "unknown to every gateway");
        assertThat(again.exit()).as("new keys for the same names").isZero();
        assertThat(again.err()).isEmpty();
    }
}
