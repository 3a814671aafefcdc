package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The CA as it lies in the folder: read when it is first needed, and again when another one lies there. Thread-safe. */
final class CaOnDisk {

    private final AuthorityFolder folder;
    private final Tools tools;
    private final Clock clock;
    private volatile @Nullable Read last;

    /** The CA, and the stamp of the file it was read from. */
    private record Read(String stamp, Ca ca) {}

    CaOnDisk(AuthorityFolder folder, Tools tools, Clock clock) {
        this.folder = folder;
        this.tools = tools;
        this.clock = clock;
    }

    Ca now() throws AuthorityException {
        Read before = last; // read once: another thread may set it
        String stamp = folder.stamp(); // before the file: one that comes after it is seen by the next look
        if (before == null || !before.stamp().equals(stamp)) {
            before = new Read(stamp, Ca.load(folder, tools, clock));
            last = before;
        }
        return before.ca();
    }
}
