package io.sekimori.vault.sealed;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultException;
import io.sekimori.vault.VaultOutput;
import io.sekimori.vault.VaultStreamException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.osgi.service.log.Logger;

/** Vaults on a disk, with keys in memory and an audit that remembers. */
final class Lab {

    static final String ALICE = "io.example.alice";
    static final String BOB = "io.example.bob";
    static final Settings SMALL = new Settings(200_000, 1 << 20, 2 << 20, 5);

    final MemoryKeys keys = new MemoryKeys();
    final List<AuditEntry> audited = Collections.synchronizedList(new ArrayList<>());
    final List<String> logged = Collections.synchronizedList(new ArrayList<>());
    final Path root;

    Lab(Path root) {
        this.root = root.resolve("vault");
    }

    /** A start of this bundle. */
    SealedVaults start() {
        return start(Disk.DURABLE);
    }

    SealedVaults start(Disk disk) {
        SealedVaults vaults = new SealedVaults(root, disk, logger(), SMALL);
        vaults.keys = keys;
        vaults.audit = entry -> {
            audited.add(entry);
            return new AuditReceipt(audited.size(), Instant.EPOCH, "0".repeat(64));
        };
        return vaults;
    }

    OwnerVault of(String owner) throws VaultException {
        return start().vaults().of(owner);
    }

    Path folder(String owner) {
        return root.resolve(owner);
    }

    /** The only content of a bundle. */
    Path content(String owner) throws IOException {
        List<Path> contents = contents(owner);
        Assertions.assertThat(contents).hasSize(1);
        return contents.get(0);
    }

    List<Path> contents(String owner) throws IOException {
        return new OwnerFiles(folder(owner)).contents();
    }

    /** Every file below the vault. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    static long write(OwnerVault vault, String name, byte[] content) throws IOException, VaultException {
        try (VaultOutput out = vault.write(name)) {
            out.write(content);
            return out.commit();
        }
    }

    static byte[] read(OwnerVault vault, String name) throws IOException, VaultException {
        try (InputStream in = vault.read(name).orElseThrow()) {
            return in.readAllBytes();
        }
    }

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 1;
        return changed;
    }

    static void assertRefused(VaultCode code, ThrowingCallable call) {
        assertThatThrownBy(call).satisfies(e -> Assertions.assertThat(codeOf(e)).isEqualTo(code));
    }

    private static VaultCode codeOf(Throwable e) {
        if (e instanceof VaultException refused) {
            return refused.code();
        }
        return e instanceof VaultStreamException broken ? broken.code() : null;
    }

    private Logger logger() {
        return (Logger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    logged.add(Arrays.deepToString(arguments));
                    return null;
                });
    }
}
