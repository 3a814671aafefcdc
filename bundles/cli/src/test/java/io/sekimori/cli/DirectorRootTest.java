package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.trust.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The director's next roots, by people who have the keys. */
class DirectorRootTest {

    @TempDir
    private Path directory;

    private Session session;

    @BeforeEach
    void aDirectorOfTwoPeople() {
        session = new Session(directory);
        session.must("keys new ann bob director");
        session.must("director init --director director --root ann,bob --root-threshold 2 --targets director");
    }

    @Test
    void itIsPublishedWithTheLastSignatureAndNotBefore() throws Exception {
        session.must("keys new director-2");
        session.must("director root --director director --targets director-2");
        session.must("director export --director director --out one.json");
        Files.copy(directory.resolve("one.json"), directory.resolve("other.json"));
        assertThat(session.must("director sign --file one.json --key ann").out())
                .contains("A root file, version 2", "root 2 of [", "targets 1 of [");
        session.must("director sign --file other.json --key bob");

        assertThat(session.must("director join --director director one.json").out())
                .contains("Staged: root, signed by 1 of 2.");
        assertThat(root().number("version")).isEqualTo(1);
        assertThat(session.must("director join --director director other.json").out())
                .contains("Root 2 of the director is published");

        assertThat(root().number("version")).isEqualTo(2);
        assertThat(roles().object("targets").strings("keyIds")).containsExactly(keyId("director-2"));
        assertThat(session.must("director show --director director").out())
                .contains("root version 2", "targets: 1 of " + keyId("director-2"))
                .doesNotContain("Staged");
    }

    /** The same keys for another five years; people hear of it in time. */
    @Test
    void aRootIsRenewedBeforeItExpires() throws Exception {
        String before = root().string("expires");
        session.at(Session.NOW.plus(Duration.ofDays(1_820)));
        assertThat(session.must("director show --director director").out())
                .contains("root expires on", "sekimori director root");

        session.must("director root --director director");
        session.must("director sign --director director");

        assertThat(root().string("expires")).isGreaterThan(before);
        assertThat(roles().object("targets").strings("keyIds")).containsExactly(keyId("director"));
        assertThat(session.must("director show --director director").out()).doesNotContain("expires on");
    }

    @Test
    void oneRoleCanNeedBothKinds() throws Exception {
        session.must("keys new --type ml-dsa-65 director-pq");

        refused(
                "director root --director director --targets director,director-pq --targets-threshold 1",
                2,
                "HYBRID_THRESHOLD");
        session.must("director root --director director --targets director,director-pq");
        session.must("director sign --director director --key ann --key bob");

        assertThat(roles().object("targets").number("threshold")).isEqualTo(2);
        assertThat(session.must("director show --director director").out())
                .contains("targets needs classical and post-quantum keys together.", "director root --root");
    }

    @Test
    void howManyMustAgreeFallsOnlyIfSomebodySaysSo() throws Exception {
        session.must("keys new carol");
        assertThat(session.must("director root --director director --root ann,carol")
                        .out())
                .doesNotContain("Threshold");
        session.must("director sign --director director --key ann --key bob --key carol");
        assertThat(roles().object("root").number("threshold")).isEqualTo(2);

        refused("director root --director director --root carol", 2, "THRESHOLD");
        assertThat(session.must("director root --director director --root-threshold 1")
                        .out())
                .contains("Threshold of root: 2 -> 1");
        session.must("director sign --director director --key ann --key carol");
        assertThat(roles().object("root").number("threshold")).isEqualTo(1);
        assertThat(roles().object("root").strings("keyIds")).containsExactlyInAnyOrder(keyId("ann"), keyId("carol"));
    }

    @Test
    void aThresholdAloneIsOneOfThePresentKeys() throws Exception {
        session.must("keys new online");
        session.must("release init --repository releases --root ann,bob --root-threshold 2 --targets ann,bob"
                + " --snapshot online --timestamp online");

        assertThat(session.must("release root --repository releases --targets-threshold 2")
                        .out())
                .contains("Threshold of targets: 1 -> 2")
                .doesNotContain("Threshold of root");
    }

    @Test
    void whatCountsForNothingIsRefusedAndChangesNothing() throws Exception {
        refused("director export --director director --out x.json", 1, "NOTHING_STAGED");
        refused("director sign --director director", 1, "NOTHING_STAGED");
        session.must("director root --director director");
        session.must("director export --director director --out old.json");
        refused("director sign --file old.json", 2, "KEY_UNNAMED");
        session.must("director sign --file old.json --key ann");
        session.must("keys new mallory");
        session.must("director root --director director --root ann,bob,mallory --root-threshold 2");
        session.must("director export --director director --out new.json");
        session.must("director sign --file new.json --key director");

        refused("director join --director director old.json", 1, "NOT_STAGED");
        refused("director join --director director new.json", 1, "NO_SIGNATURE");
        // Those who come do not let themselves in.
        session.must("director sign --director director --key mallory --key ann");
        assertThat(root().number("version")).isEqualTo(1);
        assertThat(session.must("director sign --director director --key bob").out())
                .contains("Root 2 of the director is published");
    }

    private JsonObject root() throws Exception {
        return roles().object("root");
    }

    private JsonObject roles() throws Exception {
        return session.must("director show --director director --json").json().object("roles");
    }

    private String keyId(String name) throws Exception {
        return session.must("keys show " + name + " --json").json().string("keyId");
    }

    private void refused(String command, int exit, String code) throws IOException {
        Session.Result result = session.sekimori(command);
        assertThat(result.err()).as(command).startsWith(code + ":");
        assertThat(result.exit()).as(command).isEqualTo(exit);
    }
}
