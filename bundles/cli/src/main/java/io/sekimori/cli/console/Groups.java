package io.sekimori.cli.console;

import io.sekimori.cli.Failure;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads lists that the console gives out in pages. Stateless. */
final class Groups {

    private static final int PAGE = 500;

    private Groups() {}

    /** The items of {@code path}, at most {@code most}, through as many pages as it takes. */
    static List<JsonObject> all(ConsoleClient console, String path, Map<String, String> query, int most)
            throws IOException, Failure, MalformedJson {
        List<JsonObject> items = new ArrayList<>();
        Optional<String> after = Optional.of("");
        while (after.isPresent() && items.size() < most) {
            Map<String, String> words = new TreeMap<>(query);
            words.put("limit", Integer.toString(Math.min(PAGE, most - items.size())));
            after.filter(key -> !key.isEmpty()).ifPresent(key -> words.put("after", key));
            JsonObject page = console.get(path + query(words)).json();
            items.addAll(page.objects("items"));
            after = page.optionalString("next");
        }
        return items;
    }

    static String query(Map<String, String> words) {
        StringBuilder query = new StringBuilder();
        words.forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return query.toString();
    }
}
