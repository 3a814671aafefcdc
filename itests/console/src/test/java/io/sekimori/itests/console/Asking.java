package io.sekimori.itests.console;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Somebody who is signed in asks the console for the same things over and over, and notes what was not answered. */
final class Asking implements AutoCloseable {

    private final Https console;
    private final String token;
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private final int[] answered;
    private volatile boolean ended;

    /** One thread for each of {@code paths}; {@code directory} is that of {@code docs/console.md}. */
    Asking(Path directory, String... paths) throws IOException, GeneralSecurityException, MalformedJson {
        JsonObject login = JsonObject.parse(Files.readAllBytes(directory.resolve(".config/sekimori/login.json")));
        console = new Https(
                URI.create(login.string("console")),
                directory.resolve("console/unit/data/io.sekimori.authority.ca/ca.pem"));
        token = login.string("token");
        answered = new int[paths.length];
        for (int i = 0; i < paths.length; i++) {
            int number = i;
            threads.add(new Thread(() -> ask(number, paths[number]), "asking-" + i));
        }
        threads.forEach(Thread::start);
    }

    /** Waits until each has begun to ask from now on, and got an answer. */
    void awaitRound() {
        int[] before = counts();
        Terminal.await("everything is answered again", () -> {
            int[] now = counts();
            for (int i = 0; i < now.length; i++) {
                if (now[i] < before[i] + 2) {
                    return false;
                }
            }
            return true;
        });
    }

    /** What was asked and not answered. */
    synchronized List<String> lost() {
        return List.copyOf(lost);
    }

    private synchronized int[] counts() {
        return answered.clone();
    }

    private void ask(int number, String path) {
        while (!ended) {
            String loss = "";
            try {
                int status = console.ask("GET", path, "", Optional.of(token)).status();
                loss = status == 200 ? "" : path + ": " + status;
            } catch (IOException e) {
                loss = path + ": " + e;
            } catch (InterruptedException e) {
                return;
            }
            note(number, loss);
        }
    }

    private synchronized void note(int number, String loss) {
        answered[number]++;
        if (!loss.isEmpty()) {
            lost.add(loss);
        }
    }

    @Override
    public void close() {
        ended = true;
        threads.forEach(Thread::interrupt);
    }
}
