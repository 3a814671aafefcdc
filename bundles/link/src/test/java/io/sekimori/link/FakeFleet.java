package io.sekimori.link;

import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.fleet.ReportAnswer;
import io.sekimori.fleet.Sign;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A fleet that remembers what it was told, and whose records can be taken away. */
final class FakeFleet {

    final List<String> told = new CopyOnWriteArrayList<>();
    final Map<String, PublicKey> keys = new ConcurrentHashMap<>();
    final Map<String, Map<String, String>> births = new ConcurrentHashMap<>();
    volatile boolean away;
    volatile boolean breaking;

    Fleet fleet() {
        return (Fleet) Proxy.newProxyInstance(
                FakeFleet.class.getClassLoader(),
                new Class<?>[] {Fleet.class},
                (proxy, method, arguments) -> answer(method.getName(), arguments));
    }

    private Object answer(String name, Object[] arguments) throws FleetException {
        if (away) {
            throw new FleetException(FleetCode.RECORDS_UNAVAILABLE, "away", null);
        }
        if (breaking) {
            throw new ArithmeticException("long overflow");
        }
        String id = (String) arguments[0];
        return switch (name) {
            case "heard" -> {
                String word = arguments[1].getClass().getSimpleName();
                if (arguments[1] instanceof Sign.Born born) {
                    births.put(id, born.facts());
                }
                if (!word.equals("Spoke")) {
                    told.add(word + " " + id);
                }
                yield !id.equals("g-unknown");
            }
            case "report" -> {
                told.add("report " + id + " " + new String((byte[]) arguments[1], StandardCharsets.UTF_8));
                yield new ReportAnswer.Known(gateway(id));
            }
            case "publicKey" -> Optional.ofNullable(keys.get(id));
            case "get" -> Optional.of(gateway(id));
            default -> throw new UnsupportedOperationException(name);
        };
    }

    private Gateway gateway(String id) {
        return new Gateway(
                id,
                "S",
                "M",
                Life.ACTIVATED,
                Optional.empty(),
                Set.of(),
                new Gateway.Contact(true, Optional.empty(), births.getOrDefault(id, Map.of())),
                Optional.empty(),
                Optional.empty(),
                0,
                Instant.EPOCH,
                1);
    }
}
