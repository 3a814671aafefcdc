package io.sekimori.keys.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.durable.VersionLock;
import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.PublicKeyFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {

    private static final byte[] MESSAGE = {1, 2, 3};
    private static final Duration PATIENT = Duration.ofSeconds(5);
    private static final KeyAlgorithm P256 = KeyAlgorithm.EC_P256;

    @TempDir
    Path parent;

    private Path folder;
    private KeyFiles keys;

    @BeforeEach
    void noKeysYet() {
        folder = parent.resolve("keys");
        keys = new KeyFiles(folder);
    }

    @Test
    void signsSoThatThePublicHalfVerifies() throws Exception {
        PublicKeyFacts made = keys.create("device", P256);

        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(keys.publicKey("device").orElseThrow().key());
        verifier.update(MESSAGE);

        assertThat(verifier.verify(keys.sign("device", MESSAGE))).isTrue();
        assertThat(made.id())
                .matches("[0-9a-f]{64}")
                .isEqualTo(keys.publicKey("device").orElseThrow().id());
        assertThat(keys.names()).containsExactly("device");
    }

    @Test
    void whereThereIsNoFolderThereIsNoKey() throws KeyException {
        assertThat(keys.names()).isEmpty();
        assertThat(keys.publicKey("device")).isEmpty();
        assertRefused(KeyCode.KEY_UNKNOWN, () -> keys.sign("device", MESSAGE));
        assertRefused(KeyCode.KEY_UNKNOWN, () -> keys.destroy("device"));
    }

    @Test
    void aKeyIsNeverReplaced() throws KeyException {
        PublicKeyFacts made = keys.create("device", P256);

        assertRefused(KeyCode.KEY_EXISTS, () -> keys.create("device", P256));
        assertThat(keys.publicKey("device").orElseThrow()).isEqualTo(made);
    }

    @Test
    void namesThatAreNoNamesAreRefused() {
        for (String name : List.of("", "Device", "../device", "a/b", "-a", "1a", "a".repeat(65), "a.key")) {
            assertRefused(KeyCode.KEY_NAME_MALFORMED, () -> keys.create(name, P256));
            assertRefused(KeyCode.KEY_NAME_MALFORMED, () -> keys.sign(name, MESSAGE));
            assertRefused(KeyCode.KEY_NAME_MALFORMED, () -> keys.destroy(name));
        }
    }

    @Test
    void onlyTheOwnerCanReadAKey() throws Exception {
        keys.create("device", P256);

        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(keyFile())).isEqualTo("rw-------");
    }

    @Test
    void aKeyThatAnybodyElseMayReadOrWriteIsRefused() throws Exception {
        keys.create("device", P256);
        for (String wide : List.of("rw-r-----", "rw--w----", "rw---x---", "rw----r--", "rw-----w-", "rw------x")) {
            Files.setPosixFilePermissions(keyFile(), PosixFilePermissions.fromString(wide));

            assertRefused(KeyCode.KEY_FILE_EXPOSED, () -> keys.sign("device", MESSAGE));
            assertRefused(KeyCode.KEY_FILE_EXPOSED, () -> keys.publicKey("device"));
        }
    }

    @Test
    void aFolderThatAnybodyElseMayChangeIsRefused() throws Exception {
        keys.create("device", P256);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx-w----"));

        assertRefused(KeyCode.KEY_FILE_EXPOSED, () -> keys.sign("device", MESSAGE));
        assertRefused(KeyCode.KEY_FILE_EXPOSED, () -> keys.create("other", P256));
    }

    @Test
    void aKeyOfSomebodyElseIsRefused() throws Exception {
        keys.create("device", P256);
        UserPrincipal somebodyElse = () -> "somebody-else";

        KeyFiles asSomebodyElse = new KeyFiles(folder, new FileGuard(() -> somebodyElse), PATIENT);

        assertRefused(KeyCode.KEY_FILE_FOREIGN, () -> asSomebodyElse.sign("device", MESSAGE));
    }

    @Test
    void aLinkInPlaceOfAKeyIsRefusedAlsoForDestroying() throws Exception {
        keys.create("other", P256);
        Files.createSymbolicLink(keyFile(), folder.resolve("other.key"));

        assertRefused(KeyCode.KEY_FILE_NOT_REGULAR, () -> keys.sign("device", MESSAGE));
        assertRefused(KeyCode.KEY_FILE_NOT_REGULAR, () -> keys.destroy("device"));
        assertRefused(KeyCode.KEY_EXISTS, () -> keys.create("device", P256));
        assertThat(keys.sign("other", MESSAGE)).isNotEmpty();
    }

    @Test
    void aDamagedKeyIsRefusedAndCanBeDestroyed() throws Exception {
        keys.create("device", P256);
        Files.write(keyFile(), MESSAGE);

        assertRefused(KeyCode.KEY_FILE_MALFORMED, () -> keys.sign("device", MESSAGE));
        keys.destroy("device");
        assertThat(keys.names()).isEmpty();
    }

    @Test
    void aMessageThatIsTooLargeIsRefused() throws KeyException {
        keys.create("device", P256);

        assertRefused(KeyCode.MESSAGE_TOO_LARGE, () -> keys.sign("device", new byte[KeyFiles.MAX_MESSAGE_BYTES + 1]));
    }

    @Test
    void aDestroyedKeyIsGone() throws Exception {
        keys.create("device", P256);

        keys.destroy("device");

        assertRefused(KeyCode.KEY_UNKNOWN, () -> keys.sign("device", MESSAGE));
        assertThat(names()).containsExactly("lock");
    }

    @Test
    void aDestroyedKeyIsOverwrittenOnTheDisk() throws Exception {
        keys.create("device", P256);
        Path sameFile = parent.resolve("same-file");
        Files.createLink(sameFile, keyFile());

        keys.destroy("device");

        assertThat(Files.readAllBytes(sameFile)).isNotEmpty().containsOnly(0);
    }

    @Test
    void whatIsNoKeyFileIsNotListed() throws Exception {
        keys.create("device", P256);
        Files.write(folder.resolve("device.key.bak"), MESSAGE);
        Files.write(folder.resolve("Not-A-Name.key"), MESSAGE);

        assertThat(keys.names()).containsExactly("device");
    }

    @Test
    void makingOrDestroyingAKeyFinishesWhatWasInterrupted() throws Exception {
        keys.create("device", P256);
        Files.write(folder.resolve("old.key.destroying"), MESSAGE);
        keys.create("other", P256);
        assertThat(names()).containsExactlyInAnyOrder("device.key", "other.key", "lock");

        Files.write(folder.resolve(".unfinished-1"), MESSAGE);
        keys.destroy("other");
        assertThat(names()).containsExactlyInAnyOrder("device.key", "lock");
    }

    @Test
    void aWholeFileThatHoldsNoKeyIsRefused() throws Exception {
        keys.create("device", P256);
        Files.write(keyFile(), KeyFileFormat.encode(new KeyMaterial(P256, MESSAGE, MESSAGE.clone())));

        assertRefused(KeyCode.KEY_FILE_MALFORMED, () -> keys.sign("device", MESSAGE));
        assertRefused(KeyCode.KEY_FILE_MALFORMED, () -> keys.publicKey("device"));
    }

    @Test
    void theLargestMessageIsSigned() throws KeyException {
        keys.create("device", P256);

        assertThat(keys.sign("device", new byte[KeyFiles.MAX_MESSAGE_BYTES])).isNotEmpty();
    }

    @Test
    void whatAPowerCutLeftOfDestroyingOrMakingIsRemoved() throws Exception {
        keys.create("device", P256);
        Files.move(keyFile(), folder.resolve("device.key.destroying"));
        Files.write(folder.resolve(".unfinished-1"), MESSAGE);
        assertThat(keys.names()).isEmpty();

        keys.tidy();

        assertThat(names()).containsExactly("lock");
        keys.create("device", P256);
    }

    @Test
    void ofManyWhoMakeOneKeyOneSucceeds() throws KeyException {
        List<CompletableFuture<Boolean>> makers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            makers.add(CompletableFuture.supplyAsync(this::tryToMake));
        }

        assertThat(makers.stream().filter(CompletableFuture::join)).hasSize(1);
        assertThat(keys.names()).containsExactly("device");
    }

    @Test
    void whoHoldsTheKeysKeepsOthersFromChangingThemButNotFromSigning() throws Exception {
        keys.create("device", P256);
        KeyFiles impatient = new KeyFiles(folder, new FileGuard(), Duration.ofMillis(20));
        VersionLock held = VersionLock.take(folder.resolve("lock"), PATIENT).orElseThrow();

        assertRefused(KeyCode.KEYS_LOCKED, () -> impatient.create("other", P256));
        assertRefused(KeyCode.KEYS_LOCKED, () -> impatient.destroy("device"));
        assertThat(impatient.sign("device", MESSAGE)).isNotEmpty();
        held.release();
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws Exception {
        Files.write(folder, MESSAGE);

        assertRefused(KeyCode.KEYS_UNREADABLE, () -> keys.names());
        assertRefused(KeyCode.KEYS_UNWRITABLE, () -> keys.create("device", P256));
    }

    @Test
    void withoutTheProviderOfTheRuntimeKeysAreRefused() throws Exception {
        keys.create("device", P256);
        Provider provider = Security.getProvider("SunEC");
        int place = List.of(Security.getProviders()).indexOf(provider) + 1;
        Security.removeProvider("SunEC");
        try {
            assertRefused(KeyCode.ALGORITHM_UNAVAILABLE, () -> keys.sign("device", MESSAGE));
            assertRefused(KeyCode.ALGORITHM_UNAVAILABLE, () -> keys.create("other", P256));
        } finally {
            Security.insertProviderAt(provider, place);
        }
    }

    @Test
    void anInterruptedThreadIsServedAndStaysInterrupted() throws KeyException {
        Thread.currentThread().interrupt();

        keys.create("device", P256);
        keys.sign("device", MESSAGE);

        assertThat(Thread.interrupted()).isTrue();
    }

    private boolean tryToMake() {
        try {
            new KeyFiles(folder).create("device", P256);
            return true;
        } catch (KeyException e) {
            assertThat(e.code()).isEqualTo(KeyCode.KEY_EXISTS);
            return false;
        }
    }

    private Path keyFile() {
        return folder.resolve("device.key");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void assertRefused(KeyCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
