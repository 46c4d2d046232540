"""The queue of long work: what tells a worker, who takes it up, the page of tasks."""
