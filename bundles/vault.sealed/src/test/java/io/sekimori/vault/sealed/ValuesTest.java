package io.sekimori.vault.sealed;

import static io.sekimori.vault.sealed.Lab.ALICE;
import static io.sekimori.vault.sealed.Lab.BOB;
import static io.sekimori.vault.sealed.Lab.assertRefused;
import static io.sekimori.vault.sealed.Lab.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.audit.AuditEntry;
import io.sekimori.keys.KeyCode;
import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @TempDir
    Path folder;

    private Lab lab;
    private OwnerVault vault;

    @BeforeEach
    void aVault() throws Exception {
        lab = new Lab(folder);
        vault = lab.of(ALICE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 200_000})
    void aValueIsReadBackAlsoAfterARestart(int length) throws Exception {
        vault.put("value", bytes(length));

        assertThat(vault.get("value")).contains(bytes(length));
        assertThat(lab.of(ALICE).get("value")).contains(bytes(length));
        assertThat(Lab.read(vault, "value")).isEqualTo(bytes(length));
    }

    @Test
    void versionsGrowAndTheLatestCounts() throws Exception {
        long first = vault.put("a", bytes(1));
        long other = vault.put("b", bytes(2));
        long second = vault.put("a", bytes(3));

        assertThat(first).isLessThan(other);
        assertThat(other).isLessThan(second);
        assertThat(vault.get("a")).contains(bytes(3));
        assertThat(vault.entries()).containsExactly(new VaultEntry("a", second, 3), new VaultEntry("b", other, 2));
        assertThat(lab.contents(ALICE)).hasSize(2);
    }

    @Test
    void whatIsRemovedIsGoneAndItsNumberIsNotUsedAgain() throws Exception {
        long version = vault.put("a", bytes(1));

        assertThat(vault.remove("a")).isTrue();
        assertThat(vault.remove("a")).isFalse();
        assertThat(vault.get("a")).isEmpty();
        assertThat(lab.contents(ALICE)).isEmpty();
        assertThat(vault.put("a", bytes(1))).isGreaterThan(version);
    }

    @Test
    void whereNothingWasWrittenThereIsNothingAndNothingIsMade() throws Exception {
        assertThat(vault.get("a")).isEmpty();
        assertThat(vault.read("a")).isEmpty();
        assertThat(vault.remove("a")).isFalse();
        assertThat(vault.entries()).isEmpty();
        assertThat(lab.root).doesNotExist();
    }

    @Test
    void eachBundleHasItsOwn() throws Exception {
        OwnerVault other = lab.of(BOB);
        vault.put("a", bytes(1));
        other.put("a", bytes(2));

        assertThat(vault.get("a")).contains(bytes(1));
        assertThat(other.get("a")).contains(bytes(2));
        other.remove("a");
        assertThat(vault.get("a")).contains(bytes(1));
    }

    @Test
    void nothingPlainReachesTheDiskAndOnlyTheOwnerMayRead() throws Exception {
        vault.put("plain-name", "a plain secret that nobody may read".getBytes(StandardCharsets.US_ASCII));
        Lab.write(vault, "other-name", "another plain secret".getBytes(StandardCharsets.US_ASCII));

        for (Path file : lab.files()) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertThat(text + file).doesNotContain("plain", "secret", "-name");
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void theFirstValueMakesAKeyWhichIsAuditedWithoutTheName() throws Exception {
        vault.put("secret-name", bytes(1));
        vault.put("secret-name", bytes(2));

        assertThat(lab.audited)
                .extracting(AuditEntry::actor, AuditEntry::action, AuditEntry::subject)
                .containsOnly(org.assertj.core.groups.Tuple.tuple(ALICE, "vault.key-create", ALICE));
        assertThat(lab.audited)
                .extracting(AuditEntry::verdict)
                .containsExactly(AuditEntry.Verdict.ALLOWED, AuditEntry.Verdict.DONE);
        assertThat(lab.audited.toString()).doesNotContain("secret-name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "-a", " ", "a b", "ü"})
    void namesAreBounded(String name) {
        assertRefused(VaultCode.VAULT_NAME_MALFORMED, () -> vault.put(name, bytes(1)));
        assertRefused(VaultCode.VAULT_NAME_MALFORMED, () -> vault.get(name));
        assertRefused(VaultCode.VAULT_NAME_MALFORMED, () -> vault.write(name));
        assertRefused(VaultCode.VAULT_OWNER_MALFORMED, () -> lab.of(name.replace("-a", "/a")));
    }

    @Test
    void sizesAndNumbersAreBounded() throws Exception {
        assertRefused(VaultCode.VAULT_TOO_LARGE, () -> vault.put("a", bytes(200_001)));
        for (int i = 0; i < 5; i++) {
            vault.put("n" + i, bytes(i));
        }
        assertRefused(VaultCode.VAULT_FULL, () -> vault.put("n5", bytes(1)));
        assertRefused(VaultCode.VAULT_FULL, () -> vault.write("n5"));
        vault.put("n4", bytes(9));

        assertThat(vault.get("n4")).contains(bytes(9));
        assertThat(vault.entries()).hasSize(5);
    }

    @Test
    void allDataOfABundleAreBoundedAndAFileMayBeTooLargeToBeReadAtOnce() throws Exception {
        Lab.write(vault, "a", bytes(1 << 20));
        Lab.write(vault, "b", bytes((1 << 20) - 10));
        vault.put("c", bytes(10));

        assertRefused(VaultCode.VAULT_FULL, () -> vault.put("c", bytes(11)));
        assertRefused(VaultCode.VAULT_FULL, () -> Lab.write(vault, "d", bytes(1)));
        assertRefused(VaultCode.VAULT_TOO_LARGE, () -> vault.get("a"));
        assertThat(Lab.read(vault, "a")).isEqualTo(bytes(1 << 20));
        assertThat(lab.contents(ALICE)).hasSize(3);
    }

    @Test
    void withoutKeysOrAuditNothingIsTakenOrGiven() throws Exception {
        SealedVaults without = lab.start();
        without.audit = null;
        assertRefused(
                VaultCode.VAULT_AUDIT_REFUSED, () -> without.vaults().of(ALICE).put("a", bytes(1)));
        assertThat(lab.keys.keys).isEmpty();

        vault.put("a", bytes(1));
        without.keys = null;
        assertRefused(
                VaultCode.VAULT_KEY_UNAVAILABLE,
                () -> without.vaults().of(ALICE).get("a"));
        lab.keys.refusing = true;
        lab.keys.refusal = KeyCode.KEY_FILE_EXPOSED;
        assertRefused(VaultCode.VAULT_KEY_UNAVAILABLE, () -> vault.get("a"));
        lab.keys.refusal = KeyCode.KEY_AUDIT_REFUSED;
        assertRefused(VaultCode.VAULT_AUDIT_REFUSED, () -> vault.get("a"));
    }

    @Test
    void aDiskThatCannotBeUsedIsSaid() throws Exception {
        vault.put("a", bytes(1));
        Files.delete(lab.content(ALICE));
        Files.createDirectory(lab.folder(ALICE).resolve("x"));
        assertRefused(VaultCode.VAULT_DAMAGED, () -> vault.get("a"));

        Files.delete(lab.folder(ALICE).resolve("key"));
        Files.createDirectory(lab.folder(ALICE).resolve("key"));
        assertRefused(VaultCode.VAULT_UNREADABLE, () -> vault.get("a"));

        assertRefused(
                VaultCode.VAULT_UNWRITABLE,
                () -> lab.start(new PowerCut(0)).vaults().of(BOB).put("a", bytes(1)));
    }
}
