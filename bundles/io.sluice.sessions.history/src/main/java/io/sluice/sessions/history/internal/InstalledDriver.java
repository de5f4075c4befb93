package io.sluice.sessions.history.internal;

import java.sql.Driver;
import java.sql.SQLException;
import java.util.Collection;
import java.util.regex.Pattern;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.jdbc.DataSourceFactory;

/**
 * A driver that a bundle offers as a DataSourceFactory (OSGi Compendium 8, chapter 125).
 *
 * @param className of the driver
 */
record InstalledDriver(BundleContext context, String className) implements Database.Drivers {
    private static final Pattern CLASS_NAME = Pattern.compile("[A-Za-z0-9_.$]+");

    @Override
    public Driver find() throws SQLException {
        for (ServiceReference<DataSourceFactory> reference : references()) {
            DataSourceFactory factory = context.getService(reference);
            if (factory != null) {
                try {
                    return factory.createDriver(null);
                } finally {
                    context.ungetService(reference);
                }
            }
        }
        throw new SQLException("no bundle offers the JDBC driver " + className + "; put its jar into deploy/");
    }

    private Collection<ServiceReference<DataSourceFactory>> references() throws SQLException {
        if (!CLASS_NAME.matcher(className).matches()) {
            throw new SQLException("the name of a JDBC driver's class was wanted, '" + className + "' was found");
        }
        try {
            return context.getServiceReferences(DataSourceFactory.class, "(" + DataSourceFactory.OSGI_JDBC_DRIVER_CLASS + "=" + className + ")");
        } catch (InvalidSyntaxException e) {
            throw new SQLException(e);
        }
    }
}
