package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.NOW;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdaterLockTest {

    @TempDir
    Path directory;

    @Test
    void oneUpdaterWorksAtATime() throws Exception {
        World world = World.ready(directory);

        UpdaterLock other = UpdaterLock.acquire(world.state());
        assertRefused(world.verdict(NOW), TrustCode.UPDATER_BUSY);

        other.close();
        assertAccepted(world.verdict(NOW));
    }
}
