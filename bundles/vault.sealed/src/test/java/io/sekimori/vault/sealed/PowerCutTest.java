package io.sekimori.vault.sealed;

import static io.sekimori.vault.sealed.Lab.ALICE;
import static io.sekimori.vault.sealed.Lab.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultException;
import io.sekimori.vault.VaultStreamException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power goes at each step that reaches the disk: what a start finds is the state before or after. */
class PowerCutTest {

    @TempDir
    Path folder;

    @Test
    void theFirstValueIsThereOrNot() throws Exception {
        int cuts = atEveryStep(
                vault -> {},
                vault -> vault.put("a", bytes(10)),
                after -> assertThat(after.get("a").map(value -> value.length))
                        .isIn(java.util.Optional.empty(), java.util.Optional.of(10)));

        assertThat(cuts).isGreaterThanOrEqualTo(6);
    }

    @Test
    void anotherValueIsTheOldOneOrTheNewOne() throws Exception {
        int cuts = atEveryStep(
                vault -> vault.put("a", bytes(10)),
                vault -> vault.put("a", bytes(20)),
                after -> assertThat(after.get("a").orElseThrow()).isIn(bytes(10), bytes(20)));

        assertThat(cuts).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aFileIsTheOldOneOrTheNewOne() throws Exception {
        int cuts = atEveryStep(
                vault -> Lab.write(vault, "a", bytes(100_000)),
                vault -> Lab.write(vault, "a", bytes(150_000)),
                after -> assertThat(Lab.read(after, "a")).isIn(bytes(100_000), bytes(150_000)));

        assertThat(cuts).isGreaterThanOrEqualTo(5);
    }

    @Test
    void aRemovedValueIsThereOrNot() throws Exception {
        int cuts = atEveryStep(
                vault -> vault.put("a", bytes(10)),
                vault -> vault.remove("a"),
                after -> assertThat(after.entries()).hasSizeBetween(0, 1));

        assertThat(cuts).isGreaterThanOrEqualTo(1);
    }

    @Test
    void aKeyIsWholeOrGone() throws Exception {
        int cuts = atEveryStep(
                vault -> {
                    vault.put("a", bytes(10));
                    Lab.write(vault, "b", bytes(20));
                },
                OwnerVault::destroy,
                after -> {
                    assertThat(after.entries())
                            .satisfiesAnyOf(
                                    all -> assertThat(all).hasSize(2),
                                    none -> assertThat(none).isEmpty());
                    after.destroy();
                    assertThat(after.entries()).isEmpty();
                });

        assertThat(cuts).isGreaterThanOrEqualTo(6);
    }

    private interface Step {
        void with(OwnerVault vault) throws IOException, VaultException;
    }

    /** Answers in how many places the power went. */
    private int atEveryStep(Step before, Step cut, Step after) throws Exception {
        for (int steps = 0; ; steps++) {
            Lab lab = new Lab(Files.createTempDirectory(folder, "unit"));
            before.with(lab.of(ALICE));
            PowerCut power = new PowerCut(steps);
            tried(cut, lab.start(power).vaults().of(ALICE));

            OwnerVault started = lab.of(ALICE);
            after.with(started);
            started.put("later", bytes(30));
            assertThat(lab.of(ALICE).get("later")).contains(bytes(30));
            // What this very process was writing stays until it is gone; the rest is taken away.
            assertThat(lab.contents(ALICE))
                    .filteredOn(file -> file.toString().endsWith(".sealed"))
                    .hasSameSizeAs(started.entries());
            assertThat(Files.list(lab.folder(ALICE))
                            .map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("key.") || name.startsWith("index."));
            if (!power.happened()) {
                return steps;
            }
        }
    }

    private static void tried(Step cut, OwnerVault vault) throws IOException {
        try {
            cut.with(vault);
        } catch (VaultException e) {
            assertThat(e.code()).isEqualTo(VaultCode.VAULT_UNWRITABLE);
        } catch (VaultStreamException e) {
            assertThat(e.code()).isEqualTo(VaultCode.VAULT_UNWRITABLE);
        }
    }
}
