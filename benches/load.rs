//! How long the built-in pack takes to be opened, and to be read and compiled, and a medicine to be recognised: `cargo bench --bench load`.
//!
//! Prints the median of many runs in milliseconds. A number to look at, not a test.

use std::hint::black_box;
use std::time::Instant;

use candidacy::load;
use candidacy_engine::compile::compile;
use candidacy_engine::date::Date;
use candidacy_engine::pack;

const RUNS: usize = 101;

fn main() {
    let median = |mut run: Box<dyn FnMut() + '_>| {
        let mut times: Vec<f64> = (0..RUNS)
            .map(|_| {
                let started = Instant::now();
                run();
                started.elapsed().as_secs_f64() * 1000.0
            })
            .collect();
        times.sort_by(f64::total_cmp);
        times[RUNS / 2]
    };
    let read = median(Box::new(|| {
        black_box(pack::read(load::built_in().sources));
    }));
    let all = median(Box::new(|| {
        black_box(compile(pack::read(load::built_in().sources)).expect("a sound pack"));
    }));
    let today = Date::new(2026, 11, 20).expect("a day");
    let opened = median(Box::new(|| {
        black_box(load::plan_on(None, today)).expect("a sound pack");
    }));
    println!(
        "opened {opened:.2} ms, read {read:.2} ms, read and compiled {all:.2} ms (median of {RUNS})"
    );
    let plan = load::compiled(load::built_in()).expect("a sound pack");
    for (kind, entry) in [
        ("a generic of the pack", "losartan"),
        ("a brand of the lexicon", "zithromax"),
        ("an entry of a record", "Amoxicillin 500 MG Oral Tablet"),
        ("an unknown name", "zyntravolin"),
    ] {
        let time = median(Box::new(|| {
            for _ in 0..1000 {
                black_box(plan.medicines.read(black_box(entry), |_| false)).expect("a list");
            }
        }));
        println!("{kind}: {time:.2} us");
    }
}
