package io.sluice.admin.console.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** A servlet request and its response with only what our code asks of them; anything else fails the test. */
final class FakeExchange {
    final Map<String, String> requestHeaders = new HashMap<>();
    final Map<String, String> parameters = new HashMap<>();
    final Map<String, Part> parts = new HashMap<>();
    final Map<String, String> responseHeaders = new HashMap<>();
    final StringWriter body = new StringWriter();
    String method = "GET";
    String path = "/sluice-plugins";
    String address = "127.0.0.1";
    String contentType;
    long length = -1;
    int status = 200;
    String redirect;

    FakeExchange() {
        requestHeaders.put("Host", "localhost:4242");
    }

    FakeExchange basic(String user, String password) {
        requestHeaders.put("Authorization", "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    FakeExchange post() {
        method = "POST";
        return this;
    }

    FakeExchange from(String origin) {
        requestHeaders.put("Origin", origin);
        return this;
    }

    HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (p, m, args) -> switch (m.getName()) {
            case "getHeader" -> requestHeaders.get(args[0]);
            case "getMethod" -> method;
            case "getPathInfo", "getRequestURI" -> path;
            case "getRemoteAddr" -> address;
            case "getParameter" -> parameters.get(args[0]);
            case "getPart" -> parts.get(args[0]);
            case "getContentType" -> contentType;
            case "getContentLengthLong" -> length;
            case "getAttribute" -> "/system/console/sluice-plugins";
            default -> throw new UnsupportedOperationException(m.toString());
        });
    }

    HttpServletResponse response() {
        PrintWriter writer = new PrintWriter(body);
        return proxy(HttpServletResponse.class, (p, m, args) -> {
            switch (m.getName()) {
                case "setStatus" -> status = (int) args[0];
                case "setHeader", "addHeader" -> responseHeaders.put((String) args[0], (String) args[1]);
                case "sendRedirect" -> redirect = (String) args[0];
                case "getWriter" -> {
                    return writer;
                }
                case "isCommitted" -> {
                    return body.getBuffer().length() > 0;
                }
                case "setContentType", "flushBuffer" -> writer.flush();
                default -> throw new UnsupportedOperationException(m.toString());
            }
            return null;
        });
    }

    FakeExchange part(String name, String fileName, byte[] content) {
        parts.put(name, proxy(Part.class, (p, m, args) -> switch (m.getName()) {
            case "getInputStream" -> new ByteArrayInputStream(content);
            case "getSubmittedFileName" -> fileName;
            case "getSize" -> (long) content.length;
            default -> throw new UnsupportedOperationException(m.toString());
        }));
        return this;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(FakeExchange.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
