package io.sekimori.launcher.testbundles;

import io.sekimori.launcher.Deadline;
import io.sekimori.launcher.Restart;
import io.sekimori.launcher.RunningGeneration;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** In its first life it asks for a new process, in its second it lets a deadline expire, and then it is quiet. */
public final class RestartingOnce implements BundleActivator {

    @Override
    public void start(BundleContext context) throws Exception {
        Path data = context.getService(context.getServiceReference(RunningGeneration.class))
                .unit()
                .resolve("data");
        Files.createDirectories(data);
        if (first(data.resolve("restarted"))) {
            context.getService(context.getServiceReference(Restart.class)).restart("first life");
        } else if (first(data.resolve("expired"))) {
            context.getService(context.getServiceReference(Deadline.class)).arm(Duration.ofMillis(1), "second life");
        } else {
            System.err.println("third life");
        }
    }

    private static boolean first(Path marker) throws Exception {
        try {
            Files.createFile(marker);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    @Override
    public void stop(BundleContext context) {
        // Nothing is kept.
    }
}
