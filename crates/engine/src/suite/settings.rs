//! One analyzer's table in a suite, on its way to typed settings.

use banmian_core::{Fault, FaultPlace, PlaceInFile};
use serde::de::DeserializeOwned;

use super::node::{Node, Table, Value, fault};

/// A fault with a place of its own: never [`FaultPlace::Settings`].
pub(crate) type SettingsFault = Fault;

/// The settings of one analyzer as the suite has them.
pub(crate) struct Settings {
    node: Node,
    /// Where the suite names the analyzer: faults of the settings as a whole point here.
    key: PlaceInFile,
}

impl Settings {
    /// The settings in `table`, found under the key at `key`.
    pub(crate) fn new(table: Table, key: PlaceInFile) -> Self {
        Settings { node: Node { value: Value::Table(table), place: key }, key }
    }

    /// Typed settings. The schema was checked before, so a misfit here is one that a schema
    /// cannot tell; there is at most one.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, Vec<SettingsFault>> {
        T::deserialize(&self.node).map_err(|e| vec![fault(e.place.unwrap_or(self.key), e.message)])
    }

    /// Gives faults without place that of the analyzer.
    pub(crate) fn place_all(&self, faults: Vec<Fault>) -> Vec<SettingsFault> {
        let place = |mut f: Fault| {
            if f.place == FaultPlace::Settings {
                f.place = FaultPlace::Suite(self.key);
            }
            f
        };
        faults.into_iter().map(place).collect()
    }
}
