package io.sekimori.keys.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.Logger;

class WrappingKeysTest {

    private static final byte[] SECRET = "thirty-two bytes of a data key..".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTEXT = {1, 2, 3};

    @TempDir
    Path parent;

    private final List<AuditEntry> audited = new ArrayList<>();
    private Path folder;
    private FileWrappingKeys keys;

    @BeforeEach
    void keysWithAnAudit() throws KeyException {
        folder = parent.resolve("keys");
        Logger silent = (Logger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> null);
        keys = new FileWrappingKeys(new WrappingKeyFiles(folder), silent);
        keys.audit = entry -> {
            audited.add(entry);
            return new AuditReceipt(audited.size(), Instant.EPOCH, "0".repeat(64));
        };
        keys.create("vault", "test");
    }

    @Test
    void whatIsWrappedIsUnwrappedAndNeverLooksAlike() throws KeyException {
        byte[] wrapped = keys.wrap("vault", SECRET, CONTEXT);

        assertThat(keys.unwrap("vault", wrapped, CONTEXT)).isEqualTo(SECRET);
        assertThat(wrapped).isNotEqualTo(keys.wrap("vault", SECRET, CONTEXT));
        assertThat(new String(wrapped, StandardCharsets.ISO_8859_1)).doesNotContain("data key");
    }

    @Test
    void everyChangedBitIsFoundOut() throws KeyException {
        byte[] wrapped = keys.wrap("vault", SECRET, CONTEXT);

        for (int bit = 0; bit < 8 * wrapped.length; bit++) {
            byte[] changed = wrapped.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(KeyCode.UNWRAP_REFUSED, () -> keys.unwrap("vault", changed, CONTEXT));
        }
        for (int length = 0; length < wrapped.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(wrapped, length);
            assertRefused(KeyCode.UNWRAP_REFUSED, () -> keys.unwrap("vault", cut, CONTEXT));
        }
    }

    @Test
    void anotherContextOrAnotherKeyUnwrapsNothing() throws KeyException {
        byte[] wrapped = keys.wrap("vault", SECRET, CONTEXT);
        keys.create("other", "test");

        assertRefused(KeyCode.UNWRAP_REFUSED, () -> keys.unwrap("vault", wrapped, new byte[] {1, 2}));
        assertRefused(KeyCode.UNWRAP_REFUSED, () -> keys.unwrap("other", wrapped, CONTEXT));
    }

    @Test
    void aDestroyedKeyIsGoneAndSoIsWhatItWrapped() throws KeyException {
        byte[] wrapped = keys.wrap("vault", SECRET, CONTEXT);

        keys.destroy("vault", "test", "handed over");

        assertThat(keys.exists("vault")).isFalse();
        assertThat(folder).isDirectoryNotContaining("glob:**wrapping*");
        assertRefused(KeyCode.KEY_UNKNOWN, () -> keys.unwrap("vault", wrapped, CONTEXT));
        assertRefused(KeyCode.KEY_UNKNOWN, () -> keys.destroy("vault", "test", "again"));
        assertThat(audited)
                .extracting(AuditEntry::action)
                .containsExactly(
                        "keys.create", "keys.create", "keys.destroy", "keys.destroy", "keys.destroy", "keys.destroy");
    }

    @Test
    void aKeyIsNeverReplacedAndNeverShown() throws Exception {
        assertRefused(KeyCode.KEY_EXISTS, () -> keys.create("vault", "test"));
        assertThat(new KeyFiles(folder).names()).isEmpty();
        assertThat(WrappingKey.parse(Files.readAllBytes(folder.resolve("vault.wrapping"))))
                .hasToString("[secret]");
    }

    @Test
    void aDamagedOrExposedFileIsRefused() throws Exception {
        Path file = folder.resolve("vault.wrapping");
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            Files.write(file, changed);
            assertRefused(KeyCode.KEY_FILE_MALFORMED, () -> keys.wrap("vault", SECRET, CONTEXT));
        }
        Files.write(file, new byte[WrappingKey.FILE_BYTES + 1]);
        assertRefused(KeyCode.KEY_FILE_MALFORMED, () -> keys.wrap("vault", SECRET, CONTEXT));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertRefused(KeyCode.KEY_FILE_EXPOSED, () -> keys.wrap("vault", SECRET, CONTEXT));
    }

    @Test
    void withoutAnAuditNothingIsMadeOrDestroyedAndAfterDeactivationThereStillIsOne() throws KeyException {
        keys.release();
        var before = keys.audit;
        keys.audit = null; // as Declarative Services does it
        keys.create("second", "test");

        assertThat(before).isNotNull();
        assertThat(keys.exists("second")).isTrue();
    }

    @Test
    void namesAndSizesAreBounded() {
        assertRefused(KeyCode.KEY_NAME_MALFORMED, () -> keys.create("../x", "test"));
        assertRefused(KeyCode.KEY_NAME_MALFORMED, () -> keys.exists("/etc/passwd"));
        assertThatIllegalArgumentException().isThrownBy(() -> keys.wrap("vault", new byte[0], CONTEXT));
        assertThatIllegalArgumentException().isThrownBy(() -> keys.wrap("vault", new byte[1025], CONTEXT));
    }

    private static void assertRefused(KeyCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
