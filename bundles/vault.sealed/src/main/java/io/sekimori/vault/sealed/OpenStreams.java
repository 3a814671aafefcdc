package io.sekimori.vault.sealed;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The keys of the files of one bundle that are open: wiped at once when the bundle's key is destroyed. Thread-safe. */
final class OpenStreams implements AutoCloseable {

    private final Set<Chunks> inputs = ConcurrentHashMap.newKeySet();
    private final Set<Chunks> outputs = ConcurrentHashMap.newKeySet();

    void reads(Chunks chunks) {
        inputs.add(chunks);
    }

    void writes(Chunks chunks) {
        outputs.add(chunks);
    }

    /** Wipes the key of a file that is closed. */
    void closed(Chunks chunks) {
        inputs.remove(chunks);
        outputs.remove(chunks);
        chunks.close();
    }

    int outputs() {
        return outputs.size();
    }

    /** Wipes all of them; whoever uses one is refused. */
    @Override
    public void close() {
        inputs.forEach(Chunks::close);
        outputs.forEach(Chunks::close);
        inputs.clear();
        outputs.clear();
    }
}
