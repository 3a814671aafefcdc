package io.sekimori.vault.sealed;

import static io.sekimori.vault.sealed.Lab.ALICE;
import static io.sekimori.vault.sealed.Lab.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.vault.VaultEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While a bundle is swapped, its old and its new version work on the same data. */
class TwoVersionsTest {

    private static final int WRITINGS = 40;

    @TempDir
    Path folder;

    @Test
    void bothWriteAtOnceAndNothingIsLost() throws Exception {
        Lab lab = new Lab(folder);
        List<Long> versions = Collections.synchronizedList(new ArrayList<>());
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                OwnerVault vault = lab.of(ALICE);
                String name = "n" + i;
                writers.add(() -> {
                    for (int n = 0; n < WRITINGS; n++) {
                        versions.add(n % 2 == 0 ? vault.put(name, bytes(n)) : Lab.write(vault, name, bytes(n)));
                        assertThat(vault.get(name)).contains(bytes(n));
                    }
                    return null;
                });
            }
            for (Future<Void> done : pool.invokeAll(writers)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(lab.of(ALICE).entries()).extracting(VaultEntry::sizeBytes).containsOnly(WRITINGS - 1L);
        assertThat(new HashSet<>(versions)).hasSize(4 * WRITINGS);
        assertThat(lab.contents(ALICE)).hasSize(4);
    }
}
