package io.sekimori.demo.traffic;

import io.sekimori.config.ConfigException;
import io.sekimori.config.Configurations;
import io.sekimori.config.Description;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks what can be configured, and then the history of the first PID, of the same {@code Configurations} object. */
record ConfigConversation(Supplier<@Nullable Configurations> configurations) implements Conversation {

    @Override
    public String name() {
        return "config";
    }

    @Override
    public boolean expected() {
        return true;
    }

    @Override
    public void talk(Hold hold, Duration length) throws LostCall, InterruptedException {
        Configurations config = configurations.get();
        if (config == null) {
            throw new LostCall("no Configurations", null);
        }
        try {
            var described = config.describe(Locale.ROOT);
            hold.on(length);
            for (Description description : described.subList(0, Math.min(1, described.size()))) {
                config.history(description.pid());
            }
            if (described.isEmpty()) {
                throw new LostCall("nothing is described", null);
            }
        } catch (ConfigException | RuntimeException e) {
            throw new LostCall("Configurations", e);
        }
    }
}
