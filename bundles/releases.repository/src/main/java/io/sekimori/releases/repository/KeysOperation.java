package io.sekimori.releases.repository;

import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import io.sekimori.releases.ReleasesCode;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.KeyType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Shows, makes and removes the keys that the console signs with by itself, for a person on its machine: {@code {"what": "list"}},
 * {@code {"what": "new", "name": text, "type": text}}, {@code {"what": "remove", "name": text}}. Thread-safe.
 */
@Component(service = ControlOperation.class, property = ControlOperation.NAME + "=releases.keys")
public final class KeysOperation implements ControlOperation {

    private final OnlineKeys keys;

    /** Called by the component runtime. */
    @Activate
    public KeysOperation(@Reference SignedReleases releases) {
        this(releases.onlineKeys());
    }

    KeysOperation(OnlineKeys keys) {
        this.keys = keys;
    }

    @Override
    public ControlAnswer answer(Map<String, ?> members, String person) {
        String actor = "local:" + person;
        String name = members.get("name") instanceof String text ? text : "";
        try {
            return switch (String.valueOf(members.get("what"))) {
                case "list" ->
                    new ControlAnswer.Done(Map.of(
                            "keys",
                            keys.list().stream().map(KeysOperation::json).toList()));
                case "new" -> {
                    KeyType type = KeyType.of(String.valueOf(members.get("type")))
                            .orElseThrow(() ->
                                    new RefusedException(ReleasesCode.KEY_TYPE, String.valueOf(members.get("type"))));
                    yield new ControlAnswer.Done(json(keys.create(name, type, actor)));
                }
                case "remove" -> {
                    keys.remove(name, actor);
                    yield new ControlAnswer.Done(Map.of("name", name));
                }
                default -> throw new RefusedException(ReleasesCode.CHANGE_MALFORMED, "list, new or remove");
            };
        } catch (RefusedException e) {
            return new ControlAnswer.Refused(e.code(), e.detail());
        } catch (ReleasesException | IOException e) {
            return new ControlAnswer.Refused(ReleasesCode.KEYS_UNUSABLE.name(), String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Object> json(OnlineKeys.Facts facts) {
        return Map.of(
                "name", facts.name(),
                "keyId", facts.key().keyId(),
                "scheme", facts.key().scheme(),
                "key", facts.key().json(),
                "roles", List.copyOf(facts.roles()));
    }
}
