package io.sekimori.keys.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Protection;
import io.sekimori.keys.PublicKeyFacts;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.felix.hc.api.Result;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.Logger;

class FileKeysTest {

    private static final KeyAlgorithm P256 = KeyAlgorithm.EC_P256;

    @TempDir
    Path parent;

    private final List<AuditEntry> audited = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private Path folder;
    private FileKeys keys;

    @BeforeEach
    void keysWithAnAudit() {
        folder = parent.resolve("keys");
        keys = new FileKeys(new KeyFiles(folder), logger());
        keys.audit = this::record;
    }

    @Test
    void makingAndDestroyingAreAuditedBeforeAndAfter() throws KeyException {
        keys.create("device", P256, "local:root");
        keys.destroy("device", "local:root", "handed over");

        assertThat(audited)
                .extracting(AuditEntry::action, AuditEntry::verdict, AuditEntry::subject)
                .containsExactly(
                        tuple("keys.create", Verdict.ALLOWED),
                        tuple("keys.create", Verdict.DONE),
                        tuple("keys.destroy", Verdict.ALLOWED),
                        tuple("keys.destroy", Verdict.DONE));
        assertThat(audited.get(2).detail()).containsEntry("reason", "handed over");
    }

    @Test
    void whatIsMadeIsThereAndWhatIsDestroyedIsGone() throws KeyException {
        PublicKeyFacts made = keys.create("device", P256, "local:root");

        assertThat(keys.publicKey("device")).contains(made);
        assertThat(audited.get(1).detail()).containsEntry("id", made.id());

        keys.destroy("device", "local:root", "handed over");
        assertThat(keys.publicKey("device")).isEmpty();
        assertThat(keys.names()).isEmpty();
    }

    @Test
    void destroyingAKeyThatIsNotThereFailsAndIsAudited() {
        assertRefused(KeyCode.KEY_UNKNOWN, () -> keys.destroy("device", "local:root", ""));

        assertThat(audited.get(1).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(audited.get(1).reason()).isEqualTo("KEY_UNKNOWN");
    }

    @Test
    void aNameThatIsNoneIsRefusedBeforeTheAuditHearsOfIt() {
        assertRefused(KeyCode.KEY_NAME_MALFORMED, () -> keys.create("../x", P256, "local:root"));
        assertRefused(KeyCode.KEY_NAME_MALFORMED, () -> keys.destroy("../x", "local:root", ""));

        assertThat(audited).isEmpty();
    }

    @Test
    void aStartFinishesWhatWasInterruptedOrSaysThatItCannot() throws Exception {
        keys.create("device", P256, "local:root");
        Files.write(folder.resolve("old.key.destroying"), new byte[1]);

        new FileKeys(new KeyFiles(folder), logger());
        assertThat(folder.resolve("old.key.destroying")).doesNotExist();

        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        new FileKeys(new KeyFiles(folder), logger());
        assertThat(logged).anyMatch(line -> line.contains("could not be removed yet"));
    }

    @Test
    void aFailureIsAuditedWithItsCode() throws KeyException {
        keys.create("device", P256, "local:root");

        assertRefused(KeyCode.KEY_EXISTS, () -> keys.create("device", P256, "local:root"));

        assertThat(audited.get(3).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(audited.get(3).reason()).isEqualTo("KEY_EXISTS");
    }

    @Test
    void withoutAnAuditNothingIsMadeOrDestroyed() throws KeyException {
        keys.create("device", P256, "local:root");
        keys.audit = null;

        assertRefused(KeyCode.KEY_AUDIT_REFUSED, () -> keys.create("other", P256, "local:root"));
        assertRefused(KeyCode.KEY_AUDIT_REFUSED, () -> keys.destroy("device", "local:root", ""));
        assertThat(keys.names()).containsExactly("device");
    }

    @Test
    void anAuditThatCannotWriteRefuses() throws KeyException {
        keys.audit = entry -> {
            throw new AuditException(AuditCode.AUDIT_UNWRITABLE, "full", null);
        };

        assertRefused(KeyCode.KEY_AUDIT_REFUSED, () -> keys.create("device", P256, "local:root"));
        assertThat(keys.names()).isEmpty();
    }

    @Test
    void whatTheAuditWouldNotTakeIsRefused() throws KeyException {
        assertRefused(KeyCode.KEY_AUDIT_REFUSED, () -> keys.create("device", P256, ""));
        assertRefused(KeyCode.KEY_NAME_MALFORMED, () -> keys.create("../x", P256, "local:root"));
        assertThat(keys.names()).isEmpty();
    }

    @Test
    void aCallAfterDeactivationIsServed() throws KeyException {
        keys.release();
        keys.audit = null; // as Declarative Services does it

        keys.create("device", P256, "local:root");

        assertThat(keys.sign("device", new byte[1])).isNotEmpty();
        assertThat(audited).hasSize(2);
    }

    @Test
    void anOutcomeThatCannotBeAuditedIsLogged() throws KeyException {
        keys.audit = entry -> {
            if (entry.verdict() == Verdict.DONE) {
                throw new AuditException(AuditCode.AUDIT_UNWRITABLE, "full", null);
            }
            return record(entry);
        };

        keys.create("device", P256, "local:root");

        assertThat(logged).anyMatch(line -> line.contains("not in the audit"));
    }

    @Test
    void healthIsGreenWithANoteAndRedForAnExposedKey() throws Exception {
        keys.create("device", P256, "local:root");
        Result healthy = keys.execute();
        Files.setPosixFilePermissions(folder.resolve("device.key"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(healthy.isOk()).isTrue();
        assertThat(healthy.toString()).contains("Weaker than a key in hardware");
        assertThat(keys.protection().kind()).isEqualTo(Protection.Kind.FILE);
        assertThat(keys.execute().getStatus()).isEqualTo(Result.Status.CRITICAL);
    }

    @Test
    void noPartOfAPrivateKeyLeaves() throws Exception {
        keys.create("device", P256, "local:root");
        String secret = Files.readAllLines(folder.resolve("device.key")).get(3).substring("private ".length());
        Files.writeString(folder.resolve("device.key"), secret);
        assertRefused(KeyCode.KEY_FILE_MALFORMED, () -> keys.sign("device", new byte[1]));

        String said = audited + " " + logged + " " + keys.execute() + " " + keys + " " + keys.protection();

        for (int i = 40; i + 12 < secret.length(); i++) {
            assertThat(said).doesNotContain(secret.substring(i, i + 12));
        }
    }

    private static Tuple tuple(String action, Verdict verdict) {
        return Tuple.tuple(action, verdict, "device");
    }

    private AuditReceipt record(AuditEntry entry) {
        audited.add(entry);
        return new AuditReceipt(audited.size(), Instant.EPOCH, "0".repeat(64));
    }

    private Logger logger() {
        return (Logger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    logged.add(Arrays.deepToString(arguments));
                    return null;
                });
    }

    private static void assertRefused(KeyCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
