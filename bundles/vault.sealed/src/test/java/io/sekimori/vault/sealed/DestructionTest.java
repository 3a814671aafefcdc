package io.sekimori.vault.sealed;

import static io.sekimori.vault.sealed.Lab.ALICE;
import static io.sekimori.vault.sealed.Lab.BOB;
import static io.sekimori.vault.sealed.Lab.assertRefused;
import static io.sekimori.vault.sealed.Lab.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.audit.AuditEntry;
import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultOutput;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestructionTest {

    @TempDir
    Path folder;

    private Lab lab;
    private Vaults vaults;

    @BeforeEach
    void dataOfTwoBundles() throws Exception {
        lab = new Lab(folder);
        vaults = lab.start().vaults();
        vaults.of(ALICE).put("a", bytes(10));
        Lab.write(vaults.of(ALICE), "file", bytes(300_000));
        vaults.of(BOB).put("b", bytes(10));
    }

    @Test
    void aDestroyedKeyTakesItsDataAndNoOthers() throws Exception {
        vaults.destroy(ALICE, "local:root", "handed over");

        assertThat(vaults.of(ALICE).entries()).isEmpty();
        assertThat(lab.of(ALICE).get("a")).isEmpty();
        assertThat(lab.folder(ALICE)).isDirectoryNotContaining(file -> !file.endsWith("lock"));
        assertThat(vaults.of(BOB).get("b")).contains(bytes(10));
        assertThat(vaults.owners()).containsExactly(BOB);
    }

    @Test
    void onceMoreIsNoFailureButSomebodyUnknownIs() throws Exception {
        vaults.destroy(ALICE, "local:root", "handed over");
        vaults.destroy(ALICE, "local:root", "to be sure");

        assertRefused(VaultCode.VAULT_OWNER_UNKNOWN, () -> vaults.destroy("io.example.alise", "local:root", "typo"));
        assertThat(lab.audited)
                .filteredOn(entry -> entry.action().equals("vault.destroy"))
                .extracting(AuditEntry::verdict)
                .containsExactly(
                        AuditEntry.Verdict.ALLOWED,
                        AuditEntry.Verdict.DONE,
                        AuditEntry.Verdict.ALLOWED,
                        AuditEntry.Verdict.DONE);
    }

    @Test
    void aCopyOfTheDataIsWorthNothingAfterwards() throws Exception {
        Path copy = folder.resolve("copy");
        byte[] index = Files.readAllBytes(lab.folder(ALICE).resolve("index"));
        Files.createDirectory(copy);
        for (Path content : lab.contents(ALICE)) {
            Files.copy(content, copy.resolve(content.getFileName()));
        }
        vaults.destroy(ALICE, "local:root", "handed over");

        Files.write(lab.folder(ALICE).resolve("index"), index);
        for (Path content : Files.list(copy).toList()) {
            Files.copy(content, lab.folder(ALICE).resolve(content.getFileName()));
        }

        assertRefused(VaultCode.VAULT_KEY_DESTROYED, () -> vaults.of(ALICE).get("a"));
        assertRefused(VaultCode.VAULT_KEY_DESTROYED, () -> lab.of(ALICE).get("a"));
    }

    @Test
    void openFilesFailAtOnce() throws Exception {
        InputStream in = vaults.of(ALICE).read("file").orElseThrow();
        VaultOutput out = vaults.of(ALICE).write("other");
        in.read();
        out.write(bytes(100_000));
        vaults.destroy(ALICE, "local:root", "handed over");

        assertRefused(VaultCode.VAULT_KEY_DESTROYED, in::readAllBytes);
        assertRefused(VaultCode.VAULT_KEY_DESTROYED, out::commit);
        in.close();
        out.close();
        assertThat(lab.contents(ALICE)).isEmpty();
    }

    @Test
    void openFilesOfTheOtherVersionFailWithinAMebibyteAndAreNeverCommitted() throws Exception {
        OwnerVault other = lab.of(ALICE);
        InputStream in = other.read("file").orElseThrow();
        VaultOutput small = other.write("small");
        VaultOutput large = other.write("large");
        in.read();
        small.write(bytes(10));
        vaults.destroy(ALICE, "local:root", "handed over");
        vaults.of(ALICE).put("a", bytes(1));

        assertRefused(VaultCode.VAULT_KEY_DESTROYED, small::commit);
        large.write(bytes(1 << 20));
        assertRefused(VaultCode.VAULT_KEY_DESTROYED, large::commit);
        large.close();
        in.close();
        assertThat(other.entries()).hasSize(1);
    }

    @Test
    void withTheGatewaysKeyEverythingGoes() throws Exception {
        InputStream in = vaults.of(ALICE).read("file").orElseThrow();

        vaults.destroyAll("local:root", "retired");

        assertRefused(VaultCode.VAULT_KEY_DESTROYED, in::readAllBytes);
        assertThat(lab.keys.keys).isEmpty();
        assertThat(vaults.owners()).isEmpty();
        assertThat(lab.contents(ALICE)).isEmpty();
        vaults.destroyAll("local:root", "retired again");
        vaults.of(ALICE).put("a", bytes(5));
        assertThat(lab.of(ALICE).get("a")).contains(bytes(5));
    }

    @Test
    void whoeverDestroysTheGatewaysKeyElsewhereIsHeededToo() throws Exception {
        InputStream in = vaults.of(ALICE).read("file").orElseThrow();
        VaultOutput out = vaults.of(ALICE).write("other");
        lab.keys.keys.clear();

        assertRefused(VaultCode.VAULT_KEY_DESTROYED, () -> vaults.of(ALICE).get("a"));
        assertRefused(VaultCode.VAULT_KEY_DESTROYED, () -> vaults.of(ALICE).put("a", bytes(1)));
        assertRefused(VaultCode.VAULT_KEY_DESTROYED, in::readAllBytes);
        assertRefused(VaultCode.VAULT_KEY_DESTROYED, out::commit);

        vaults.destroy(ALICE, "local:root", "to begin anew");
        vaults.of(ALICE).put("a", bytes(1));
        assertThat(vaults.of(ALICE).get("a")).contains(bytes(1));
        assertRefused(VaultCode.VAULT_DAMAGED, () -> vaults.of(BOB).get("b"));
    }

    @Test
    void withoutAnAuditNothingIsDestroyed() throws Exception {
        SealedVaults without = lab.start();
        without.audit = null;

        assertRefused(VaultCode.VAULT_AUDIT_REFUSED, () -> without.vaults().destroy(ALICE, "local:root", "x"));
        assertRefused(VaultCode.VAULT_AUDIT_REFUSED, () -> without.vaults().destroyAll("local:root", "x"));
        assertRefused(VaultCode.VAULT_AUDIT_REFUSED, () -> vaults.destroy(ALICE, "", "nobody asks"));
        assertThat(vaults.of(ALICE).get("a")).contains(bytes(10));
    }

    @Test
    void aKeyThatIsLostIsMadeAnewByTheNextWriting() throws Exception {
        Files.delete(lab.folder(ALICE).resolve("key"));

        assertRefused(VaultCode.VAULT_KEY_DESTROYED, () -> vaults.of(ALICE).get("a"));
        vaults.of(ALICE).put("n", bytes(2));

        assertThat(vaults.of(ALICE).entries()).hasSize(1);
        assertThat(lab.contents(ALICE)).hasSize(1);
    }
}
