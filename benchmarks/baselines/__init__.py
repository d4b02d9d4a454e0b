"""What our system is compared with. Each starts and ends by itself; see benchmarks/systems.py."""
