package io.sluice.itests.platform;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestAddress;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.TestContainerException;
import org.ops4j.pax.exam.TestProbeBuilder;
import org.ops4j.pax.exam.spi.PaxExamRuntime;
import org.osgi.framework.BundleContext;

/**
 * Boots the distribution's bundles by Pax Exam before a test class and runs its {@link Inside} methods within the framework: Pax Exam
 * has no driver for this JUnit, so this is one, over its public API.
 */
public final class InDistribution implements BeforeAllCallback, AfterAllCallback, InvocationInterceptor, ParameterResolver {
    /** A test whose body runs inside the framework; public, its only parameter a BundleContext. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @Test
    public @interface Inside { }

    private record Running(TestContainer container, Map<Method, TestAddress> inside) { }

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(InDistribution.class);

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        var system = PaxExamRuntime.createTestSystem(options());
        TestContainer container = PaxExamRuntime.createContainer(system);
        container.start();
        TestProbeBuilder probe = system.createProbe();
        Map<Method, TestAddress> inside = new HashMap<>();
        for (Method method : context.getRequiredTestClass().getDeclaredMethods()) {
            if (method.isAnnotationPresent(Inside.class)) {
                inside.put(method, probe.addTest(context.getRequiredTestClass(), method.getName()));
            }
        }
        probe.setHeader("DynamicImport-Package", "*");
        try (InputStream jar = probe.build().getStream()) {
            container.installProbe(jar);
        }
        context.getStore(HERE).put("running", new Running(container, inside));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        running(context).container().stop();
    }

    @Override
    public void interceptTestMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> called, ExtensionContext context) throws Throwable {
        TestAddress address = running(context).inside().get(called.getExecutable());
        if (address == null) {
            invocation.proceed();
            return;
        }
        invocation.skip();
        try {
            running(context).container().call(address);
        } catch (TestContainerException e) {
            throw rootOf(e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == BundleContext.class;
    }

    /** Pax Exam puts the real one in place; JUnit only wants to see that somebody would. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return null;
    }

    private static Running running(ExtensionContext context) {
        return context.getStore(HERE).get("running", Running.class);
    }

    private static Throwable rootOf(Throwable t) {
        return t.getCause() == null ? t : rootOf(t.getCause());
    }

    private static Option[] options() throws IOException, ClassNotFoundException {
        Distribution dist = Distribution.unpacked();
        Stream<Option> bundles = dist.bundles().stream().map(jar -> {
            var option = bundle(jar.path().toUri().toString()).startLevel(examLevel(jar.startLevel()));
            return jar.fragment() ? option.noStart() : option;
        });
        Stream<Option> properties = dist.frameworkProperties().entrySet().stream().map(e -> frameworkProperty(e.getKey()).value(e.getValue()));
        Stream<Option> junit = List.of("org.junit.jupiter.api.Assertions", "org.junit.platform.commons.JUnitException", "org.opentest4j.AssertionFailedError",
            "org.apiguardian.api.API").stream().map(InDistribution::jarOf).map(url -> bundle(url).startLevel(2));
        return Stream.of(bundles, properties, junit).flatMap(s -> s).toArray(Option[]::new);
    }

    /** Pax Exam starts its probe at level 5: the distribution's levels, in the same order, below and at it. */
    private static int examLevel(int level) {
        return level < 10 ? Math.min(level, 3) : level < 20 ? 4 : 5;
    }

    private static String jarOf(String className) {
        try {
            return Class.forName(className).getProtectionDomain().getCodeSource().getLocation().toString();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
