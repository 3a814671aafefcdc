package io.sekimori.benchmarks.load;

import io.sekimori.update.ApplyAnswer;
import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.Progress;
import io.sekimori.update.ProgressListener;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** The two ways to replace bundles that run. Each returns when the new ones do. Thread-safe. */
final class Swaps {

    private static final long LIMIT_SECONDS = 120;

    private Swaps() {}

    /** By the engine: returns when the transition is confirmed. */
    static void apply(UpdateService service, Path pack) throws IOException, InterruptedException {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        ApplyAnswer answer = service.apply(pack, new Origin("benchmark", "local"), new ProgressListener() {
            @Override
            public void progress(Progress progress) {
                // Only the end counts.
            }

            @Override
            public void ended(TransitionReport report) {
                outcome.complete(report.outcome());
            }

            @Override
            public void handedOver(String id) {
                outcome.completeExceptionally(new IOException("handed over, though the engine was not to be replaced"));
            }
        });
        if (!(answer instanceof ApplyAnswer.Started)) {
            throw new IOException("not started: " + answer);
        }
        try {
            Outcome end = outcome.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!(end instanceof Outcome.Confirmed)) {
                throw new IOException("not confirmed: " + end);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no outcome", e);
        }
    }

    /** By {@link Bundle#update(InputStream)}, one after the other. */
    static void update(BundleContext context, String[] namesAndJars) throws IOException, BundleException {
        for (int i = 0; i < namesAndJars.length; i += 2) {
            String name = namesAndJars[i];
            Bundle bundle = Arrays.stream(context.getBundles())
                    .filter(each -> name.equals(each.getSymbolicName()))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no bundle " + name));
            try (InputStream jar = Files.newInputStream(Path.of(namesAndJars[i + 1]))) {
                bundle.update(jar);
            }
        }
    }
}
