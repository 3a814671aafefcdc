package io.sekimori.web.jetty;

import io.sekimori.web.Body;
import io.sekimori.web.Problem;
import io.sekimori.web.Tag;
import io.sekimori.web.WebCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sends files, whole or one part of them (RFC 9110, 14.2), or only that they have not changed (13.1.2). Stateless. */
final class StoredFiles {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** The bytes from {@code first} to before {@code end}. */
    private record Part(long first, long end, boolean whole) {

        long length() {
            return end - first;
        }
    }

    void send(Body.Stored stored, Request request, Response response, Callback callback, Locale language)
            throws IOException {
        HttpFields.Mutable headers = response.getHeaders();
        String tag = Tag.of(stored.version());
        headers.put(HttpHeader.ETAG, tag);
        headers.put(HttpHeader.ACCEPT_RANGES, "bytes");
        if (tag.equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))) {
            response.setStatus(304);
            callback.succeeded();
            return;
        }
        FileChannel file;
        try {
            file = FileChannel.open(stored.file(), StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            headers.remove(HttpHeader.ETAG);
            problem(new Problem(404, WebCode.NOT_FOUND, "the file is gone"), response, callback, language);
            return;
        }
        boolean sending = false;
        try {
            Optional<Part> part = part(request, file.size(), tag);
            if (part.isEmpty()) {
                headers.put(HttpHeader.CONTENT_RANGE, "bytes */" + file.size());
                problem(
                        new Problem(416, WebCode.RANGE_UNSATISFIABLE, "the file has " + file.size() + " bytes"),
                        response,
                        callback,
                        language);
                return;
            }
            headers.put(HttpHeader.CONTENT_TYPE, stored.mediaType());
            headers.put(HttpHeader.CONTENT_LENGTH, part.get().length());
            if (!part.get().whole()) {
                response.setStatus(206);
                headers.put(
                        HttpHeader.CONTENT_RANGE,
                        "bytes " + part.get().first() + "-" + (part.get().end() - 1) + "/" + file.size());
            }
            if (request.getMethod().equals("HEAD")) {
                callback.succeeded();
            } else {
                sending = true;
                new FileSending(file, part.get().first(), part.get().end(), response, callback).iterate();
            }
        } finally {
            if (!sending) {
                file.close();
            }
        }
    }

    /** The part asked for; empty if the file has none of it. A range that is malformed or several are ignored (14.2). */
    private static Optional<Part> part(Request request, long size, String tag) {
        Part whole = new Part(0, size, true);
        String range = request.getHeaders().get(HttpHeader.RANGE);
        String condition = request.getHeaders().get(HttpHeader.IF_RANGE);
        if (range == null || condition != null && !condition.equals(tag)) {
            return Optional.of(whole);
        }
        Matcher parts = RANGE.matcher(range.strip());
        if (!parts.matches() || parts.group(1).isEmpty() && parts.group(2).isEmpty()) {
            return Optional.of(whole);
        }
        if (parts.group(1).isEmpty()) {
            long last = Math.min(Long.parseLong(parts.group(2)), size);
            return last == 0 ? Optional.empty() : Optional.of(new Part(size - last, size, false));
        }
        long first = Long.parseLong(parts.group(1));
        long last = parts.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(parts.group(2)), size - 1);
        if (!parts.group(2).isEmpty() && Long.parseLong(parts.group(2)) < first) {
            return Optional.of(whole);
        }
        return first >= size ? Optional.empty() : Optional.of(new Part(first, last + 1, false));
    }

    private static void problem(Problem problem, Response response, Callback callback, Locale language) {
        byte[] json = ProblemJson.bytes(problem, language);
        response.setStatus(problem.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemJson.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, json.length);
        response.write(true, ByteBuffer.wrap(json), callback);
    }
}
